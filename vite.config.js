// Builds zenne/web/front into zenne/web/static/web/dist, with a manifest that django-vite reads.
import { defineConfig } from "vite";

// While it watches, names stay the same: the server read the manifest once, when it started.
const watching = process.argv.includes("--watch");
const named = watching
  ? {
      entryFileNames: "assets/[name].js",
      chunkFileNames: "assets/[name].js",
      assetFileNames: "assets/[name][extname]",
    }
  : {};

export default defineConfig({
  // Relative addresses: the same files work under any STATIC_URL and under hashed names.
  base: "./",
  publicDir: false,
  css: {
    transformer: "lightningcss",
    lightningcss: {
      // Chrome 111, Firefox 115, Safari 16.4: (major << 16) | (minor << 8)
      targets: { chrome: 111 << 16, firefox: 115 << 16, safari: (16 << 16) | (4 << 8) },
    },
  },
  build: {
    target: ["chrome111", "firefox115", "safari16.4"],
    outDir: "zenne/web/static/web/dist",
    emptyOutDir: !watching,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    cssMinify: "lightningcss",
    modulePreload: { polyfill: false },
    rollupOptions: {
      // The touch table stands alone: none of the forms and menus of the pages. What only votes, draws or the gallery wear comes with their pages.
      input: ["app.js", "kiosk.js", "css/ballots.css", "css/draws.css", "css/gallery.css"].map((name) => `zenne/web/front/${name}`),
      output: {
        ...named,
        // Leaflet is its own file: only pages with a map on screen fetch it.
        manualChunks: (id) => (id.includes("node_modules/leaflet") ? "leaflet" : undefined),
      },
    },
  },
});

// Builds zenne/web/front into zenne/web/static/web/dist, with a manifest that django-vite reads.
import { defineConfig } from "vite";

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
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    cssMinify: "lightningcss",
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: ["zenne/web/front/app.js"],
      output: {
        // Leaflet is its own file: only pages with a map on screen fetch it.
        manualChunks: (id) => (id.includes("node_modules/leaflet") ? "leaflet" : undefined),
      },
    },
  },
});

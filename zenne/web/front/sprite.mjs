// Puts the icons we use (icons.json), and no others, in one SVG sprite beside the built files.
import { mkdir, readFile, writeFile } from "node:fs/promises";

const here = new URL(".", import.meta.url);
const icons = new URL("../../../node_modules/@tabler/icons/icons/", here);
const out = new URL("../static/web/dist/", here);
const stroke = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';

async function symbol(style, name) {
  const source = await readFile(new URL(`${style}/${name}.svg`, icons), "utf8");
  const shapes = source
    .replace(/<!--.*?-->/gs, "")
    .match(/<svg[^>]*>(.*)<\/svg>/s)[1]
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
    .replace(/\s+/g, " ")
    .trim();
  const [id, paint] = style === "filled" ? [`${name}-filled`, 'fill="currentColor"'] : [name, stroke];
  return `<symbol id="${id}" viewBox="0 0 24 24" ${paint}>${shapes}</symbol>`;
}

const wanted = JSON.parse(await readFile(new URL("icons.json", here), "utf8"));
const symbols = await Promise.all(Object.entries(wanted).flatMap(([style, names]) => names.map((name) => symbol(style, name))));
await mkdir(out, { recursive: true });
await writeFile(new URL("sprite.svg", out), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);

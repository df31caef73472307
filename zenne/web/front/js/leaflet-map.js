// Draws one <zenne-map>. It reads, from attributes or from JSON beside it:
//   areas="…"            address of a GeoJSON of outlines, drawn under everything
//   [data-areas] script  the same as JSON inside the element's parent
//   pins="…"             address of a GeoJSON of points (properties: title, url, category, number)
//   [data-pins] script   a list of {lat, lon, title, url, category, number}, also in the parent
//   tiles="…" credit="…" a base map (XYZ address), when one is configured
//   here="lat lon metres" a circle around the place that was asked for
//   pick="lat-id lon-id" picking a place: writes the two inputs, reads their first value
//   zoom-in, zoom-out, pin-here: words
import * as L from "leaflet";
import "leaflet/dist/leaflet.css";

const BRUSSELS = [
  [50.763, 4.24],
  [50.914, 4.49],
];
const AROUND = [
  [50.6, 4.0],
  [51.08, 4.73],
];

export async function draw(element) {
  const canvas = document.createElement("div");
  canvas.className = "map-canvas";
  element.append(canvas);
  const map = L.map(canvas, { zoomControl: false, zoomSnap: 0.25, minZoom: 9, maxZoom: 19, maxBounds: AROUND, scrollWheelZoom: false });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: element.getAttribute("zoom-in"), zoomOutTitle: element.getAttribute("zoom-out") }).addTo(map);
  // The wheel scrolls the page until somebody works with the map.
  map.on("focus click", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());

  const tiles = element.getAttribute("tiles");
  if (tiles) base(tiles, element.getAttribute("credit") ?? "", canvas).addTo(map);
  const [areas, pins] = await Promise.all([read(element, "areas"), read(element, "pins")]);
  const outlines = areas && L.geoJSON(areas, { interactive: false, style: areaStyle }).addTo(map);
  const points = places(pins).map((place, index) => pin(place, index).addTo(map));

  const around = circle(element.getAttribute("here"));
  const shown = around ? around.getLatLng().toBounds(2 * around.getRadius()) : (points.length ? L.featureGroup(points).getBounds().pad(0.2) : outlines?.getBounds());
  map.fitBounds(shown?.isValid() ? shown : BRUSSELS, { padding: [12, 12], maxZoom: 15 });
  around?.addTo(map); // a circle can only be drawn, and know its own bounds, on a map that shows something
  if (element.hasAttribute("pick")) picking(element, map);
  link(element, map, points);
  return map;
}

function circle(here) {
  if (!here) return null;
  const [lat, lon, radius] = here.split(" ").map(Number);
  return L.circle([lat, lon], { radius, interactive: false, className: "map-circle" });
}

// Where no tile arrives, the outlines stay filled: a map without streets instead of an empty one.
function base(address, attribution, canvas) {
  const layer = L.tileLayer(address, { attribution, maxZoom: 19 });
  let arrived = 0;
  layer.on("loading", () => (arrived = 0));
  layer.on("tileload", () => {
    arrived += 1;
    canvas.classList.add("has-tiles");
  });
  layer.on("tileerror", () => canvas.classList.toggle("has-tiles", arrived > 0));
  return layer;
}

async function read(element, name) {
  const inline = element.parentElement.querySelector(`[data-${name}] script`);
  if (inline) return JSON.parse(inline.textContent);
  const address = element.getAttribute(name);
  if (!address) return null;
  const answer = await fetch(address, { headers: { Accept: "application/geo+json, application/json" } });
  return answer.ok ? answer.json() : null;
}

const areaStyle = ({ properties }) => ({ className: properties?.chosen ? "map-area is-on" : "map-area" });

function places(pins) {
  if (!pins) return [];
  if (Array.isArray(pins)) return pins;
  return pins.features.map(({ geometry, properties }) => ({ ...properties, lon: geometry.coordinates[0], lat: geometry.coordinates[1] }));
}

function icon(category, words) {
  const shape = `<svg viewBox="0 0 32 40" aria-hidden="true"><path d="M16 39C11 28 2 25 2 15a14 14 0 0 1 28 0C30 25 21 28 16 39Z"/>`;
  const inner = words ? `<text x="16" y="20">${Number(words)}</text>` : `<circle cx="16" cy="15" r="4.5" fill="#fff"/>`;
  const className = category ? `pin cat-${Number(category)}` : "pin";
  return L.divIcon({ className, html: `${shape}${inner}</svg>`, iconSize: [32, 40], iconAnchor: [16, 39], popupAnchor: [0, -34] });
}

function pin(place, index) {
  const marker = L.marker([place.lat, place.lon], {
    icon: icon(place.category, place.number ?? index + 1),
    title: place.title,
    alt: place.title,
    riseOnHover: true,
  });
  if (!place.url) return marker;
  const anchor = Object.assign(document.createElement("a"), { href: place.url, textContent: place.title });
  return marker.bindPopup(anchor);
}

// The list beside the map: pointing at a line shows its pin.
function link(element, map, points) {
  const lines = element.parentElement.querySelectorAll(".map-list li");
  lines.forEach((line, index) => {
    const on = (state) => () => points[index]?.getElement()?.classList.toggle("is-on", state);
    for (const name of ["pointerenter", "focusin"]) line.addEventListener(name, on(true));
    for (const name of ["pointerleave", "focusout"]) line.addEventListener(name, on(false));
  });
}

function picking(element, map) {
  const [lat, lon] = element.getAttribute("pick").split(" ").map((id) => document.getElementById(id));
  let marker;
  const put = ({ lat: y, lng: x }) => {
    if (marker) marker.setLatLng([y, x]);
    else {
      marker = L.marker([y, x], { icon: icon(null, ""), draggable: true, alt: element.getAttribute("pin-here") ?? "" }).addTo(map);
      marker.on("dragend", () => write(marker.getLatLng()));
    }
  };
  const write = (place) => {
    put(place);
    lat.value = place.lat.toFixed(6);
    lon.value = place.lng.toFixed(6);
    for (const input of [lat, lon]) input.dispatchEvent(new Event("change", { bubbles: true }));
    // A place pointed out takes the place of one that was chosen by name.
    for (const named of element.closest("form")?.querySelectorAll("[data-place]") ?? []) {
      if (named.checked) named.checked = false;
      named.removeAttribute("aria-pressed");
    }
    element.dispatchEvent(new CustomEvent("place-picked", { bubbles: true, detail: { lat: lat.value, lon: lon.value } }));
  };
  const show = () => {
    const [y, x] = [Number(lat.value), Number(lon.value)];
    if (!lat.value || !lon.value || !Number.isFinite(y + x)) return;
    put({ lat: y, lng: x });
    map.setView([y, x], Math.max(map.getZoom(), 15));
  };
  map.on("click", ({ latlng }) => write(latlng));
  element.addEventListener("place-named", show);
  // With a keyboard: move the map, then pin its middle.
  const middle = element.closest("[data-picker]")?.querySelector("[data-pin-middle]");
  if (middle) {
    middle.hidden = false;
    middle.addEventListener("click", () => write(map.getCenter()));
  }
  show();
}

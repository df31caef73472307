// <zenne-map>: waits until it is near the screen, then fetches Leaflet and becomes a map. See leaflet-map.js for what it reads.
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      target.wake();
    }
  },
  { rootMargin: "300px" },
);

class ZenneMap extends HTMLElement {
  connectedCallback() {
    near.observe(this);
  }
  disconnectedCallback() {
    near.unobserve(this);
    this.map?.remove();
    this.map = undefined;
  }
  async wake() {
    const { draw } = await import("./leaflet-map.js");
    if (this.isConnected && !this.map) this.map = await draw(this);
  }
}
customElements.define("zenne-map", ZenneMap);

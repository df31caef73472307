// <zenne-map>: waits until it is near the screen, then fetches Leaflet and becomes a map. With `pick`, a click on a [data-place] of its form moves the pin. See leaflet-map.js for what it reads.
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
    this.form = this.hasAttribute("pick") ? this.closest("form") : null;
    this.form?.addEventListener("click", this);
  }
  disconnectedCallback() {
    near.unobserve(this);
    this.form?.removeEventListener("click", this);
    this.map?.remove();
    this.map = undefined;
  }
  // A place chosen by name, [data-place data-lat data-lon], works before the map is there too.
  handleEvent({ target }) {
    const chosen = target.closest("[data-place]");
    if (!chosen) return;
    const inputs = this.getAttribute("pick").split(" ").map((id) => document.getElementById(id));
    [inputs[0].value, inputs[1].value] = [chosen.dataset.lat, chosen.dataset.lon];
    const words = this.form.querySelector("[data-place-words]");
    if (words && chosen.dataset.place) words.value = chosen.dataset.place;
    for (const button of this.form.querySelectorAll("button[data-place]")) button.setAttribute("aria-pressed", button === chosen);
    for (const input of inputs) input.dispatchEvent(new Event("change", { bubbles: true }));
    this.dispatchEvent(new CustomEvent("place-named"));
  }
  async wake() {
    const { draw } = await import("./leaflet-map.js");
    if (this.isConnected && !this.map) this.map = await draw(this);
  }
}
customElements.define("zenne-map", ZenneMap);

// <zenne-here>: fills the page's address with where the device is, to some hundred metres. Asked only when its button is pressed.
class Here extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    if (!navigator.geolocation || !this.button) return;
    this.button.hidden = false;
    this.button.addEventListener("click", this);
  }
  handleEvent() {
    this.button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.go(coords),
      () => this.lost(),
      { timeout: 10000, maximumAge: 60000 },
    );
  }
  go({ latitude, longitude }) {
    const radius = this.closest("form")?.elements.radius?.value;
    const query = new URLSearchParams({ lat: latitude.toFixed(3), lon: longitude.toFixed(3), ...(radius && { radius }) });
    location.assign(`${location.pathname}?${query}`);
  }
  lost() {
    this.button.disabled = false;
    this.querySelector("[role=status]").textContent = this.getAttribute("lost");
  }
}
customElements.define("zenne-here", Here);

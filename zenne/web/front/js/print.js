// <zenne-print hidden><button …></zenne-print>: prints the page; without JS the button is not there, and the browser's own menu does it.
class Print extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener("click", () => window.print());
  }
}
customElements.define("zenne-print", Print);

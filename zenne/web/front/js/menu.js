// <zenne-menu><details class="menu">…</details></zenne-menu>: Escape and a click elsewhere close it.
class Menu extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", this);
    document.addEventListener("click", this);
  }
  disconnectedCallback() {
    document.removeEventListener("click", this);
  }
  handleEvent(event) {
    const details = this.querySelector("details");
    if (!details?.open) return;
    if (event.type === "click" && this.contains(event.target)) return;
    if (event.type === "keydown") {
      if (event.key !== "Escape") return;
      details.querySelector("summary").focus();
    }
    details.open = false;
  }
}
customElements.define("zenne-menu", Menu);

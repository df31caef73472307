// <zenne-toast after="8000">: goes away by its button, or by itself when it asks for nothing and nobody is reading it.
class Toast extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", ({ target }) => target.closest("[data-close]") && this.remove());
    const wait = Number(this.getAttribute("after"));
    if (!wait) return;
    const start = () => (this.timer = setTimeout(() => this.remove(), wait));
    const hold = () => clearTimeout(this.timer);
    for (const name of ["pointerenter", "focusin"]) this.addEventListener(name, hold);
    for (const name of ["pointerleave", "focusout"]) this.addEventListener(name, start);
    start();
  }
  disconnectedCallback() {
    clearTimeout(this.timer);
  }
}
customElements.define("zenne-toast", Toast);

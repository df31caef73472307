// <zenne-dialog> holds what opens ([data-open], a link to a page that asks the same) and a native <dialog>.
class Dialog extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const dialog = this.querySelector("dialog");
      if (event.target.closest("[data-open]")) {
        event.preventDefault();
        dialog.showModal();
      } else if (event.target === dialog || event.target.closest("[data-close]")) {
        event.preventDefault();
        dialog.close();
      }
    });
  }
}
customElements.define("zenne-dialog", Dialog);

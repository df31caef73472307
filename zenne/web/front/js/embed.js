// <zenne-embed src="https://…" title="…">: nothing is asked from the other site until the person says so.
class Embed extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("[data-play]");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const frame = document.createElement("iframe");
      Object.assign(frame, { src: this.getAttribute("src"), title: this.getAttribute("title"), allowFullscreen: true });
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      this.replaceChildren(frame);
      frame.focus();
    });
  }
}
customElements.define("zenne-embed", Embed);

// <zenne-share url="…" title="…" copied="…">: the system's share sheet where there is one, and copying the link.
class Share extends HTMLElement {
  connectedCallback() {
    const link = { url: this.getAttribute("url"), title: this.getAttribute("title") };
    const sheet = this.querySelector("[data-share]");
    const copy = this.querySelector("[data-copy]");
    const said = this.querySelector("[role=status]");
    if (sheet && navigator.share) {
      sheet.hidden = false;
      // Closing the sheet is not a failure.
      sheet.addEventListener("click", () => navigator.share(link).catch(() => {}));
    }
    if (copy && navigator.clipboard) {
      copy.hidden = false;
      copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText(link.url);
        said.textContent = this.getAttribute("copied");
      });
    }
  }
}
customElements.define("zenne-share", Share);

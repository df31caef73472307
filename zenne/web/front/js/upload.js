// <zenne-upload><form hx-post="…" hx-encoding="multipart/form-data">… <progress hidden>: shows how far the files are.
class Upload extends HTMLElement {
  connectedCallback() {
    this.addEventListener("htmx:xhr:progress", ({ detail }) => {
      const bar = this.querySelector("progress");
      if (!bar || !detail.lengthComputable) return;
      bar.hidden = false;
      bar.max = detail.total;
      bar.value = detail.loaded;
    });
    this.addEventListener("htmx:afterRequest", () => {
      const bar = this.querySelector("progress");
      if (bar) bar.hidden = true;
    });
  }
}
customElements.define("zenne-upload", Upload);

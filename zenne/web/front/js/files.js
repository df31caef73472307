// <zenne-files remove="Remove {name}">: shows what was chosen, with pictures, and lets each file be taken out again.
class Files extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input[type=file]");
    const drop = this.querySelector(".drop");
    const list = this.querySelector("[data-files]");
    const kept = new DataTransfer();
    const size = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });

    const show = () => {
      list.replaceChildren(...[...kept.files].map((file, at) => this.row(file, size, () => remove(at))));
      list.hidden = !kept.files.length;
    };
    const remove = (at) => {
      kept.items.remove(at);
      input.files = kept.files;
      show();
      (list.querySelector("button") ?? input).focus();
      input.dispatchEvent(new CustomEvent("files-changed", { bubbles: true }));
    };
    input.addEventListener("change", () => {
      if (!input.multiple) kept.items.clear();
      const known = new Set([...kept.files].map((file) => `${file.name} ${file.size}`));
      for (const file of input.files) if (!known.has(`${file.name} ${file.size}`)) kept.items.add(file);
      input.files = kept.files;
      show();
    });
    for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, () => drop.classList.add("is-over"));
    for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("is-over"));
  }
  row(file, size, remove) {
    const row = document.createElement("li");
    row.className = "file";
    const thumb = Object.assign(document.createElement("span"), { className: "thumb" });
    if (/^image\/(png|jpeg|webp|gif|avif)$/.test(file.type)) {
      const url = URL.createObjectURL(file);
      const picture = Object.assign(document.createElement("img"), { src: url, alt: "" });
      picture.addEventListener("load", () => URL.revokeObjectURL(url), { once: true });
      thumb.append(picture);
    } else {
      thumb.append(this.querySelector("template[data-file-icon]").content.cloneNode(true));
    }
    const words = document.createElement("span");
    const weight = Object.assign(document.createElement("span"), { className: "muted" });
    weight.textContent = `${size.format(Math.max(0.1, file.size / 1e6))} ${this.getAttribute("unit")}`;
    words.append(file.name, document.createElement("br"), weight);
    const button = Object.assign(document.createElement("button"), { type: "button", className: "icon-button" });
    button.setAttribute("aria-label", this.getAttribute("remove").replace("{name}", file.name));
    button.append(this.querySelector("template[data-remove-icon]").content.cloneNode(true));
    button.addEventListener("click", remove);
    row.append(thumb, words, button);
    return row;
  }
}
customElements.define("zenne-files", Files);

// <zenne-count most="1500" left="{count} characters left" over="{count} too many">: tells how much still fits; a reader hears it after a pause.
class Count extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("textarea, input");
    const seen = this.querySelector("[data-count]");
    const heard = this.querySelector("[data-count-aloud]");
    const most = Number(this.getAttribute("most"));
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const show = () => {
      const left = most - [...field.value.replace(/\r?\n/g, "\r\n")].length;
      const words = this.getAttribute(left < 0 ? "over" : "left").replace("{count}", number.format(Math.abs(left)));
      seen.textContent = words;
      seen.toggleAttribute("data-over", left < 0);
      clearTimeout(this.timer);
      if (left < most / 10) this.timer = setTimeout(() => (heard.textContent = words), 1200);
    };
    field.addEventListener("input", show);
    show();
  }
  disconnectedCallback() {
    clearTimeout(this.timer);
  }
}
customElements.define("zenne-count", Count);

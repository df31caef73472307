// <zenne-lots>: shows again, one by one, what stands on the page: the digits roll, then lots come up. Only when asked (data-play) or where nobody can ask (auto), never
// where motion is not wanted. The page says everything without it.
const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const ROLLING = 2400;
const BETWEEN = 260;
const LONGEST = 15000;

class Lots extends HTMLElement {
  connectedCallback() {
    this.play = this.querySelector("[data-play]");
    if (CALM.matches || !this.play) return;
    this.play.hidden = false;
    this.play.addEventListener("click", () => (this.timer ? this.end() : this.begin()));
    if (this.hasAttribute("auto")) this.begin();
  }
  begin() {
    this.lots = [...this.querySelectorAll("[data-lot]")];
    this.roll = this.querySelector("[data-roll]");
    this.said = this.roll?.textContent;
    this.start = performance.now();
    this.step = Math.min(BETWEEN, LONGEST / Math.max(1, this.lots.length));
    this.lots.forEach((lot) => lot.classList.add("is-waiting"));
    this.play.setAttribute("aria-pressed", "true");
    this.timer = setInterval(() => this.tick(performance.now() - this.start), 60);
  }
  tick(passed) {
    if (this.roll && passed < ROLLING) {
      this.roll.textContent = this.said.replace(/\d/g, () => Math.floor(Math.random() * 10));
      return;
    }
    if (this.roll) this.roll.textContent = this.said;
    const out = Math.floor((passed - (this.roll ? ROLLING : 0)) / this.step);
    this.lots.slice(0, out + 1).forEach((lot) => lot.classList.replace("is-waiting", "is-out"));
    if (out >= this.lots.length) this.end();
  }
  end() {
    clearInterval(this.timer);
    this.timer = null;
    if (this.roll) this.roll.textContent = this.said;
    this.lots?.forEach((lot) => lot.classList.remove("is-waiting", "is-out"));
    this.play?.setAttribute("aria-pressed", "false");
  }
  disconnectedCallback() {
    if (this.timer) this.end();
  }
}
customElements.define("zenne-lots", Lots);

// <zenne-countdown until="2027-03-03T18:00:00Z" hidden>: how long still, under a moment that is written out beside it.
class Countdown extends HTMLElement {
  connectedCallback() {
    this.until = Date.parse(this.getAttribute("until"));
    this.hidden = false;
    this.timer = setInterval(() => this.show(), 1000);
    this.show();
  }
  show() {
    const left = Math.max(0, Math.ceil((this.until - Date.now()) / 1000));
    const parts = { days: Math.floor(left / 86400), hours: Math.floor(left / 3600) % 24, minutes: Math.floor(left / 60) % 60, seconds: left % 60 };
    for (const [name, value] of Object.entries(parts)) {
      const place = this.querySelector(`[data-${name}]`);
      if (place) place.textContent = name === "days" ? value : String(value).padStart(2, "0");
    }
    if (left === 0) clearInterval(this.timer);
  }
  disconnectedCallback() {
    clearInterval(this.timer);
  }
}
customElements.define("zenne-countdown", Countdown);

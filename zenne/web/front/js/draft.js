// <zenne-draft url="…" saved="Saved at {time}" failed="…"><form>…: sends the form, without its files, after each pause in typing.
const PAUSE = 2500;

class Draft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("input", () => this.later());
    this.form.addEventListener("change", () => this.later());
    // What is being sent must not be overtaken by what was typed before.
    this.form.addEventListener("submit", () => {
      clearTimeout(this.timer);
      this.timer = undefined;
    });
    this.away = () => document.visibilityState === "hidden" && this.timer && this.save();
    document.addEventListener("visibilitychange", this.away);
  }
  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.away);
  }
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }
  async save() {
    clearTimeout(this.timer);
    this.timer = undefined;
    const body = new FormData(this.form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    try {
      const answer = await fetch(this.getAttribute("url"), {
        method: "POST",
        body,
        headers: { "X-Requested-With": "zenne-draft", Accept: "application/json" },
        keepalive: true,
      });
      if (!answer.ok) throw new Error(answer.status);
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      this.say(this.getAttribute("saved").replace("{time}", time));
      this.dispatchEvent(new CustomEvent("draft-saved", { bubbles: true }));
    } catch {
      this.say(this.getAttribute("failed"));
    }
  }
  say(words) {
    const place = this.querySelector("[data-saved]");
    if (place) place.textContent = words;
  }
}
customElements.define("zenne-draft", Draft);

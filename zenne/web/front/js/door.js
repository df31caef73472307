// <zenne-door send="…" worker="…" words='{…}'><form>…: ticks at a door are kept in this browser and sent when there is a network. The form works without it.
const AGAIN = 15000;

class Door extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form[data-list]");
    this.words = JSON.parse(this.getAttribute("words"));
    this.key = `zenne-door:${this.getAttribute("send")}`;
    this.waiting = JSON.parse(localStorage.getItem(this.key) ?? "[]");
    for (const tick of this.waiting) this.mark(tick.code, tick.present);
    this.querySelector("[data-plain]")?.setAttribute("hidden", "");
    this.form.addEventListener("change", (event) => event.target.name === "present" && this.tick(event.target.value, event.target.checked));
    this.querySelector("form[data-code]").addEventListener("submit", (event) => {
      event.preventDefault();
      this.typed(event.target.elements.code);
    });
    this.querySelector("[data-find]")?.addEventListener("input", (event) => this.find(event.target.value));
    this.scanning();
    this.forgetting();
    this.online = () => this.send();
    addEventListener("online", this.online);
    this.timer = setInterval(() => this.send(), AGAIN);
    this.remember().catch(() => {});
    this.show();
    this.send();
  }
  disconnectedCallback() {
    clearInterval(this.timer);
    removeEventListener("online", this.online);
    this.stop();
  }
  // Opened once is enough: the worker keeps only what comes after it, so what is shown already is kept from here.
  async remember() {
    if (!("serviceWorker" in navigator)) return;
    const first = !navigator.serviceWorker.controller;
    const { scope } = await navigator.serviceWorker.register(this.getAttribute("worker"), { scope: location.pathname });
    await navigator.serviceWorker.ready;
    if (first) {
      const parts = performance.getEntriesByType("resource").filter((each) => /^(link|script|css|img)$/.test(each.initiatorType));
      const ours = parts.map((each) => each.name).filter((address) => new URL(address).origin === location.origin);
      await (await caches.open(`zenne-door:${scope}`)).addAll([...new Set([location.pathname + location.search, ...ours])]);
    }
    this.dataset.kept = "";
  }
  box(code) {
    return [...this.form.elements].find((each) => each.name === "present" && each.value === code);
  }
  mark(code, present) {
    const box = this.box(code);
    if (box) box.checked = present;
  }
  tick(code, present) {
    this.waiting.push({ code, present, at: new Date().toISOString() });
    this.keep();
    this.send();
  }
  keep() {
    localStorage.setItem(this.key, JSON.stringify(this.waiting));
    this.show();
  }
  typed(input) {
    this.came(input.value);
    input.value = "";
    input.focus();
  }
  came(text) {
    const code = text.trim().replace(/\/+$/, "").split("/").pop().replace(/[-\s]/g, "").toUpperCase();
    const box = this.box(code);
    if (!box) return this.say(this.words.unknown);
    if (!box.checked) {
      box.checked = true;
      this.tick(code, true);
    }
    this.say(this.words.present.replace("{name}", box.dataset.name));
  }
  async send() {
    if (this.sending || (!navigator.onLine && this.waiting.length)) return this.show();
    this.sending = true;
    const sent = [...this.waiting];
    try {
      const body = new FormData();
      body.set("ticks", JSON.stringify(sent));
      body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken?.value ?? "");
      const answer = await fetch(this.getAttribute("send"), { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const { present } = await answer.json();
      this.waiting = this.waiting.slice(sent.length);
      this.failed = false;
      const still = new Set(this.waiting.map((tick) => tick.code));
      for (const box of this.form.elements) if (box.name === "present" && !still.has(box.value)) box.checked = present.includes(box.value);
      this.keep();
    } catch (error) {
      this.failed = /^4/.test(error.message);
      this.show();
    } finally {
      this.sending = false;
    }
    if (this.waiting.length && !this.failed && navigator.onLine && this.waiting.length > sent.length) this.send();
  }
  show() {
    const boxes = [...this.form.elements].filter((each) => each.name === "present");
    this.querySelector("[data-present]").textContent = boxes.filter((box) => box.checked).length;
    const state = this.querySelector("[data-state]");
    const number = this.waiting.length;
    const words = number ? (this.failed ? this.words.refused : this.words.waiting) : this.words.sent;
    state.textContent = words.replace("{number}", number);
    state.dataset.state = number ? "waiting" : "sent";
  }
  say(words) {
    this.querySelector("[data-said]").textContent = words;
  }
  find(text) {
    const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    for (const row of this.querySelectorAll("[data-row]")) row.hidden = !plain(row.dataset.row).includes(plain(text));
  }
  scanning() {
    const button = this.querySelector("[data-scan]");
    if (!button || !("BarcodeDetector" in window)) return;
    button.hidden = false;
    button.addEventListener("click", () => (this.stream ? this.stop() : this.scan()));
  }
  async scan() {
    const video = this.querySelector("video");
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      return this.say(this.words.camera);
    }
    video.hidden = false;
    video.srcObject = this.stream;
    await video.play();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    let last = "";
    this.looking = setInterval(async () => {
      const [found] = await detector.detect(video).catch(() => []);
      if (!found || found.rawValue === last) return;
      last = found.rawValue;
      this.came(last);
    }, 300);
  }
  stop() {
    clearInterval(this.looking);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    const video = this.querySelector("video");
    if (video) video.hidden = true;
  }
  forgetting() {
    const button = this.querySelector("[data-forget]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await this.send();
      if (this.waiting.length) return this.say(this.words.unsent);
      localStorage.removeItem(this.key);
      if ("caches" in window) for (const name of await caches.keys()) if (name.startsWith("zenne-door:")) await caches.delete(name);
      const scope = await navigator.serviceWorker?.getRegistration(location.pathname);
      await scope?.unregister();
      location.assign(button.dataset.forget);
    });
  }
}
customElements.define("zenne-door", Door);

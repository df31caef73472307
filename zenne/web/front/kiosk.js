// The touch table. Everything it shows is in its one page, screen by screen, each with an address of its own (#project-12): it works without this script, which adds
// that it returns home when it is left alone, that Escape does the same, that it goes on without a network, and that it keeps itself fresh.
import "./css/kiosk.css";

const SECOND = 1000;

class Kiosk extends HTMLElement {
  connectedCallback() {
    this.idle = Number(this.getAttribute("idle")) * SECOND;
    this.grace = Number(this.getAttribute("grace"));
    this.dialog = this.querySelector("dialog");
    this.left = this.querySelector("[data-left]");
    this.lost = this.querySelector("[data-lost]");
    for (const name of ["pointerdown", "keydown", "wheel", "input"]) addEventListener(name, () => this.touched(), { passive: true });
    addEventListener("keydown", (event) => this.pressed(event));
    addEventListener("hashchange", () => this.arrived());
    for (const name of ["online", "offline"]) addEventListener(name, () => this.connected());
    const back = this.querySelector("[data-back]");
    back.hidden = false;
    back.addEventListener("click", () => history.back());
    this.querySelector("[data-stay]")?.addEventListener("click", () => this.stay());
    this.fullscreen();
    this.arrived(false);
    this.connected();
    this.touched();
    setInterval(() => this.refresh(), Number(this.getAttribute("fresh")) * SECOND);
    keep(this.getAttribute("worker").split(" "), this.getAttribute("pages").split(" "));
  }
  get away() {
    return !["", "#home"].includes(location.hash) || this.hasAttribute("foreign");
  }
  // Whoever comes next finds the first screen: after a while without a touch somebody is asked, and after a little more it goes home by itself.
  touched() {
    clearTimeout(this.waiting);
    if (this.dialog?.open) return;
    this.waiting = setTimeout(() => this.away && this.ask(), this.idle);
  }
  ask() {
    let seconds = this.grace;
    this.left.textContent = seconds;
    this.dialog.showModal();
    this.counting = setInterval(() => {
      seconds -= 1;
      this.left.textContent = seconds;
      if (seconds <= 0) this.home();
    }, SECOND);
  }
  stay() {
    clearInterval(this.counting);
    this.dialog.close();
    this.touched();
  }
  home() {
    this.stay();
    if (this.hasAttribute("foreign")) location.replace(this.getAttribute("foreign"));
    else location.hash = "#home";
  }
  pressed(event) {
    if (event.key !== "Escape") return;
    if (this.dialog.open) {
      event.preventDefault();
      this.stay();
    } else if (this.away) this.home();
  }
  arrived(move = true) {
    const screen = document.querySelector(location.hash.length > 1 ? `#${CSS.escape(location.hash.slice(1))}` : "#home");
    this.classList.toggle("is-away", this.away);
    if (!screen || !move) return;
    screen.scrollTop = 0;
    scrollTo(0, 0);
    screen.querySelector("h2")?.focus({ preventScroll: true });
  }
  connected() {
    this.lost.hidden = navigator.onLine;
  }
  // Only while nobody is reading; what cannot be fetched is no reason to lose what is there.
  async refresh() {
    if (this.away || this.dialog.open) return;
    const fresh = await fetch(location.pathname + location.search, { cache: "reload" }).catch(() => null);
    this.lost.hidden = navigator.onLine && Boolean(fresh?.ok);
    if (fresh?.ok && !this.away) location.reload();
  }
  fullscreen() {
    const button = this.querySelector("[data-full]");
    if (!button || !document.fullscreenEnabled) return;
    const show = () => (button.hidden = Boolean(document.fullscreenElement));
    document.addEventListener("fullscreenchange", show);
    button.addEventListener("click", () => document.documentElement.requestFullscreen());
    show();
  }
}

// One worker for each language, because each has its own address; they share one box, which the first of them fills: this page by the address it was
// opened at, its translations, and all that each of them is made of, codes to scan too. A table that starts again without a network starts.
async function keep(workers, pages) {
  if (!("serviceWorker" in navigator)) return;
  const found = [];
  for (const address of workers) {
    const { active, waiting, installing } = await navigator.serviceWorker.register(address).catch(() => ({}));
    found.push(installing ?? waiting ?? active);
  }
  const used = performance.getEntriesByType("resource").map(({ name }) => name);
  const drawn = [document, ...(await Promise.all(pages.map(parsed)))].flatMap(drawnIn);
  const files = [location.href, ...pages, ...used, ...drawn].map((address) => new URL(address, location).href.split("#")[0]);
  const mine = [...new Set(files)].filter((address) => address.startsWith(location.origin));
  found.find(Boolean)?.postMessage({ keep: mine });
}

async function parsed(page) {
  const text = await fetch(page).then((fresh) => fresh.text()).catch(() => "");
  return new DOMParser().parseFromString(text, "text/html");
}

function drawnIn(page) {
  const all = page.querySelectorAll("img[src], use[href], link[href]:not([rel=alternate], [rel=canonical])");
  return [...all].map((each) => each.src || each.href?.baseVal || each.href);
}

customElements.define("zenne-kiosk", Kiosk);

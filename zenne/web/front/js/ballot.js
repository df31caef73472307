// <zenne-ballot>: a ballot that works without it learns to add up while one chooses: what is left, what was taken, how many more. Nothing is kept or sent.
const SVG = "http://www.w3.org/2000/svg";

class Ballot extends HTMLElement {
  connectedCallback() {
    this.options = [...this.querySelectorAll("[data-option]")];
    this.money = new Intl.NumberFormat({ fr: "fr-BE", nl: "nl-BE" }[this.getAttribute("language")] ?? "en-IE", {
      style: "currency",
      currency: "EUR",
      trailingZeroDisplay: "stripIfInteger", // cents only where there are some
    });
    for (const hidden of this.querySelectorAll("[data-sum], [data-basket], [data-bar], [data-step]")) hidden.hidden = false;
    this.addEventListener("input", () => this.show());
    this.addEventListener("click", this);
    this.show();
  }
  handleEvent({ target }) {
    const step = target.closest("[data-step]");
    if (step) {
      const field = step.parentElement.querySelector("input");
      field.value = Math.min(Number(field.max), Math.max(0, Number(field.value || 0) + Number(step.dataset.step))) || "";
      this.show();
    }
    const out = target.closest("[data-out]");
    if (out) {
      for (const field of this.options.find((option) => option.dataset.option === out.dataset.out).querySelectorAll("input, select")) {
        if (field.type === "checkbox" || field.type === "radio") field.checked = field.value === "abstain";
        else field.value = "";
      }
      this.show();
      this.querySelector("[data-out]")?.focus();
    }
  }
  // What is said about an option: "" for nothing.
  said(option) {
    const field = option.querySelector("input:checked, select, input[type=number]");
    const value = field?.value ?? "";
    return value === "abstain" || (value === "0" && this.getAttribute("method") !== "score") ? "" : value;
  }
  words(name, facts) {
    return this.getAttribute(name).replace(/\{(\w+)\}/g, (_, key) => facts[key]);
  }
  show() {
    const taken = this.options.map((option) => ({ option, said: this.said(option) })).filter(({ said }) => said);
    if (this.getAttribute("method") === "ranking") taken.sort((one, other) => one.said - other.said);
    for (const option of this.options) option.classList.toggle("is-in", taken.some((each) => each.option === option));
    const left = [...this.querySelectorAll("[data-purse]")].map((purse) => this.fill(purse, taken));
    this.list(taken);
    this.tell(taken, left);
  }
  fill(purse, taken) {
    const mine = taken.filter(({ option }) => !purse.dataset.purse || option.dataset.purseOf === purse.dataset.purse);
    const budget = Number(purse.dataset.budget);
    const spent = mine.reduce((sum, { option }) => sum + Number(option.dataset.cost), 0);
    const meter = purse.querySelector("[role=meter]");
    const words = this.words(spent > budget ? "over" : "left", { amount: this.euros(Math.abs(budget - spent)) });
    purse.classList.toggle("is-over", spent > budget);
    purse.querySelector("[data-spent]").textContent = this.euros(spent);
    purse.querySelector(".meter-box p").textContent = words;
    meter.setAttribute("aria-valuenow", Math.min(spent, budget));
    meter.setAttribute("aria-valuetext", words);
    let x = 0;
    meter.querySelector("svg").replaceChildren(
      ...mine.map(({ option }) => {
        const part = document.createElementNS(SVG, "rect");
        const width = Math.min(100 - x, (Number(option.dataset.cost) / budget) * 100);
        part.setAttribute("class", this.hue(option));
        part.setAttribute("x", x);
        part.setAttribute("width", Math.max(0, width - 0.6));
        part.setAttribute("height", 4);
        x += width;
        return part;
      }),
    );
    return { over: spent > budget, words };
  }
  list(taken) {
    this.querySelector("[data-basket]").replaceChildren(
      ...taken.map(({ option, said }) => {
        const line = this.querySelector("[data-line]").content.firstElementChild.cloneNode(true);
        const { title, cost, option: key } = option.dataset;
        line.className = this.hue(option);
        line.querySelector("a").textContent = title;
        line.querySelector("a").href = `#${option.id}`;
        line.querySelector(".number").textContent = this.detail(option, said) || (Number(cost) ? this.euros(Number(cost)) : "");
        line.querySelector("button").dataset.out = key;
        line.querySelector("button").setAttribute("aria-label", this.words("remove", { title }));
        return line;
      }),
    );
  }
  detail(option, said) {
    const method = this.getAttribute("method");
    if (method === "yes_no") return option.querySelector("input:checked + span").textContent;
    return method === "approval" || method === "single" ? "" : said;
  }
  tell(taken, left) {
    const count = taken.length;
    let words = count ? this.words(count === 1 ? "chosen-one" : "chosen", { count }) : this.getAttribute("empty");
    let over = left.some((each) => each.over) || count > Number(this.getAttribute("most") ?? Infinity);
    if (this.getAttribute("method") === "points") {
      const rest = Number(this.getAttribute("points")) - taken.reduce((sum, { said }) => sum + Number(said), 0);
      words = this.words(rest < 0 ? "points-over" : "points-left", { count: Math.abs(rest) });
      over ||= rest < 0;
    } else if (this.hasAttribute("most") && count) {
      words += ` / ${this.getAttribute("most")}`;
    }
    const bar = this.querySelector("[data-bar]");
    bar.classList.toggle("is-over", over);
    bar.querySelector("[data-bar-words]").textContent = left.length === 1 ? left[0].words : words;
    this.querySelector("[data-sum]").textContent = words;
    clearTimeout(this.timer);
    const aloud = [words, ...left.map((each) => each.words)].join(". ");
    this.timer = setTimeout(() => (this.querySelector("[data-aloud]").textContent = aloud), 1000);
  }
  hue(option) {
    return [...option.classList].find((name) => name.startsWith("cat-")) ?? "";
  }
  euros(cents) {
    return this.money.format(cents / 100);
  }
  disconnectedCallback() {
    clearTimeout(this.timer);
  }
}
customElements.define("zenne-ballot", Ballot);

// While an administrator picks colours, the page shows what becomes of them. The server does the reckoning; this only asks.
(() => {
  const address = document.currentScript.dataset.look;
  const start = () => {
    const fields = ["brand", "accent", "corners"].map((name) => document.getElementById(`id_${name}`));
    if (fields.some((field) => !field)) return;
    const shown = document.createElement("div");
    shown.className = "zenne-look";
    shown.setAttribute("aria-live", "polite");
    let row = fields[0];
    while (!fields.every((field) => row.contains(field))) row = row.parentElement;
    row.after(shown);
    let waiting;
    const ask = async () => {
      const [brand, accent, corners] = fields.map((field) => field.value);
      const answer = await fetch(`${address}?${new URLSearchParams({ brand, accent, corners })}`, { credentials: "same-origin" });
      if (answer.ok) shown.innerHTML = await answer.text();
    };
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 200);
    };
    fields.forEach((field) => field.addEventListener("input", soon));
    ask();
  };
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();

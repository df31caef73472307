// One tick for the whole page of the queue. Without script every box is ticked by hand.
const page = document.getElementById("tick-cases");
if (page) {
  page.hidden = false;
  page.parentElement.querySelector("span").hidden = false;
  const boxes = page.closest("form").querySelectorAll('input[name="case"]');
  page.addEventListener("change", () => boxes.forEach((box) => { box.checked = page.checked; }));
}

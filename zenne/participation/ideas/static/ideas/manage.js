// One tick for the whole page. Without script every box is ticked by hand, or "all of this list".
const page = document.getElementById("tick-page");
if (page) {
  page.hidden = false;
  const boxes = page.closest("form").querySelectorAll('input[name="idea"]');
  page.addEventListener("change", () => boxes.forEach((box) => { box.checked = page.checked; }));
  boxes.forEach((box) => box.addEventListener("change", () => {
    const ticked = [...boxes].filter((one) => one.checked).length;
    page.checked = ticked === boxes.length;
    page.indeterminate = ticked > 0 && ticked < boxes.length;
  }));
}

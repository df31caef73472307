// One tick for the whole page of the queue. Without script every box is ticked by hand.
const whole = document.getElementById("tick-cases");
if (whole) {
  whole.hidden = false;
  whole.parentElement.querySelector("span").hidden = false;
  const cases = whole.closest("form").querySelectorAll('input[name="case"]');
  whole.addEventListener("change", () => cases.forEach((box) => { box.checked = whole.checked; }));
}

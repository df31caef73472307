// <zenne-confirm question="…" yes="…" no="…"><form>…: asks before the form goes.
class Confirm extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", this, true);
  }
  handleEvent(event) {
    if (this.confirmed) {
      this.confirmed = false;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const { target: form, submitter } = event;
    const dialog = this.dialog();
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (dialog.returnValue !== "yes") return submitter?.focus();
      this.confirmed = true;
      form.requestSubmit(submitter);
    });
    this.append(dialog);
    dialog.showModal();
  }
  dialog() {
    const dialog = Object.assign(document.createElement("dialog"), { className: "dialog" });
    const body = Object.assign(document.createElement("div"), { className: "dialog-body" });
    const question = Object.assign(document.createElement("h2"), { textContent: this.getAttribute("question") });
    const actions = Object.assign(document.createElement("div"), { className: "actions" });
    question.id = "confirm-question";
    dialog.setAttribute("aria-labelledby", question.id);
    for (const [value, look] of [["no", "is-line"], ["yes", this.getAttribute("look") ?? "is-main"]]) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: `button ${look}`, textContent: this.getAttribute(value) });
      button.addEventListener("click", () => dialog.close(value));
      actions.append(button);
    }
    body.append(question, actions);
    dialog.append(body);
    return dialog;
  }
}
customElements.define("zenne-confirm", Confirm);

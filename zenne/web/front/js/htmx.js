// htmx under a strict content security policy, written so that htmx 4's defaults will change little: nothing is inherited.
import htmx from "htmx.org";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  disableInheritance: true,
  includeIndicatorStyles: false,
  inlineScriptNonce: "",
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
  // A form with errors comes back as 422 and a refusal as 4xx: both are pages to show. Only a broken server is not.
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "4..", swap: true, error: false },
    // “Try again in a moment” and “no room” are words for a person too.
    { code: "50[37]", swap: true, error: false },
    { code: "5..", swap: false, error: true },
  ],
});

// The forms of a page carry Django's token in a hidden field; a button outside a form borrows it from there.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb === "get" || detail.parameters.csrfmiddlewaretoken) return;
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (token) detail.headers["X-CSRFToken"] = token.value;
});

// After a form came back with errors, start reading at the summary.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  const summary = target.querySelector?.("[data-error-summary]");
  if (summary) summary.focus();
});
// The same after a page load.
document.querySelector("[data-error-summary]")?.focus();

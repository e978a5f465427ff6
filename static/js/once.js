// A form that must run once: a second press is swallowed, the button shows that it is busy.
// Buttons are not disabled, because a disabled button's own name and value would not be sent.
const free = (form) => {
  delete form.dataset.sent;
  [...form.elements].forEach((element) => element.removeAttribute("aria-busy"));
};
const steady = "form[data-once]:not([data-stepper])";

on("submit", steady, (form, event) => {
  if (event.defaultPrevented && !form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
}, true);
on("htmx:afterRequest", steady, free);
on("htmx:validation:halted", steady, free);
addEventListener("pageshow", (event) => {
  if (event.persisted) findAll("form[data-sent]").forEach(free);
});

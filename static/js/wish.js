// Hearts answer at once. What is sent is the wished state itself, so a double tap cannot go wrong.
const paint = (id, isWished) => findAll(`[data-wish="${id}"]`).forEach((form) => {
  find("button", form).setAttribute("aria-pressed", String(isWished));
  form.elements.on.value = isWished ? 0 : 1;
});
const isWished = (form) => find("button", form).getAttribute("aria-pressed") === "true";

on("htmx:beforeRequest", "form[data-wish]", (form) => {
  const before = isWished(form);
  form.dataset.before = before;
  paint(form.dataset.wish, !before);
  say(before ? "Removed from the wishlist" : "Added to the wishlist");
});
const undo = (form) => paint(form.dataset.wish, form.dataset.before === "true");
["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((type) => on(type, "form[data-wish]", undo));

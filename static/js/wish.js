// Hearts answer at once. What is sent is the wished state itself, so a double tap cannot go wrong.
const isWished = (button) => button.getAttribute("aria-pressed") === "true";
const paint = (id, wished) => findAll(`[data-wish="${id}"]`).forEach((button) => {
  button.setAttribute("aria-pressed", String(wished));
  const own = button.closest("form");
  if (own) own.elements.on.value = wished ? 0 : 1;
  else button.setAttribute("form", wished ? "unwish" : "wish");
});

on("htmx:beforeRequest", "[data-wish]", (button) => {
  const before = isWished(button);
  button.dataset.before = before;
  paint(button.dataset.wish, !before);
  say(before ? "Removed from the wishlist" : "Added to the wishlist");
});
const undo = (button) => paint(button.dataset.wish, button.dataset.before === "true");
["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((type) => on(type, "[data-wish]", undo));

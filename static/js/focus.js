// After a swap, and after a page came back with errors, the focus goes where the answer points.
const point = (root) => {
  const target = root.matches?.("[data-focus]") ? root : find("[data-focus]", root);
  if (!target) return;
  target.removeAttribute("data-focus");
  target.focus();
};
point(document);
document.addEventListener("htmx:afterSettle", (event) => point(event.target));

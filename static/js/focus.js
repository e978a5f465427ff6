// After a swap, and after a page came back with errors, the focus goes where the answer points.
// The whole page is searched, because what was swapped out of band lies outside the event's element.
const point = () => {
  const target = find("[data-focus]");
  if (!target) return;
  target.removeAttribute("data-focus");
  target.focus();
};
point();
document.addEventListener("htmx:afterSettle", point);

// Counts the pictures of the phone's strip and shows one at full size.
each("[data-gallery]", (gallery) => {
  const strip = find(".gallery__strip", gallery);
  const count = find("[data-gallery-count]", gallery);
  if (!count) return;
  strip.addEventListener("scroll", () => {
    const here = Math.round(strip.scrollLeft / strip.clientWidth) + 1;
    const text = `${here} / ${strip.children.length}`;
    if (count.textContent !== text) count.textContent = text;
  }, { passive: true });
});

on("click", "a[data-zoom]", (link, event) => {
  const dialog = find("#zoom");
  if (!dialog || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const picture = new Image();
  picture.src = link.href;
  picture.alt = find("img", link)?.alt ?? "";
  const frame = find("#zoom-body", dialog);
  frame.replaceChildren(picture);
  delete frame.dataset.large;
  openDialog(dialog);
});
on("click", "#zoom-body img", (picture) => picture.parentElement.toggleAttribute("data-large"));

// On a phone the one filter form moves into the dialog and back; it is never swapped, so the focus stays.
const home = find(".listing__filters");
const slot = find("[data-facets-slot]");
const dialog = slot?.closest("dialog");
const form = find("[data-facets]");

if (dialog && form && home) {
  on("click", "[data-dialog-open]", (opener) => {
    if (opener.dataset.dialogOpen === dialog.id) slot.append(form);
  }, true);
  dialog.addEventListener("close", () => home.append(form));
  matchMedia("(min-width: 64rem)").addEventListener("change", () => dialog.close());
}
document.addEventListener("htmx:afterSettle", () => findAll(".facet__count").forEach((count) => {
  // Ranges of prices are links: they carry a count, but no box.
  const box = count.closest("label")?.querySelector("input");
  if (box) box.disabled = "empty" in count.dataset && !box.checked;
}));
on("change", "[data-submit-on-change]", (select) => select.form.requestSubmit());

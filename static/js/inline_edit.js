// A cell becomes a field on click or Enter; Enter saves, Esc puts it back. Without script the field is always there.
const close = (form) => {
  find("[data-edit-fields]", form).hidden = true;
  find("[data-edit-show]", form).hidden = false;
};
each("[data-edit]", (form) => {
  if (!find("[aria-invalid]", form)) close(form);
});

on("click", "[data-edit-show]", (show) => {
  const form = show.closest("[data-edit]");
  const fields = find("[data-edit-fields]", form);
  show.hidden = true;
  fields.hidden = false;
  find("input:not([type=hidden])", fields).select();
});
on("keydown", "[data-edit] input", (input, event) => {
  if (event.key !== "Escape") return;
  const form = input.closest("[data-edit]");
  form.reset();
  find(".field__error", form)?.remove();
  close(form);
  find("[data-edit-show]", form).focus();
});

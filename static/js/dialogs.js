// Native dialogs: the browser keeps the focus inside, closes on Esc and gives the focus back.
// What lies outside an open one can be neither pressed nor heard, so the messages move in with it.
const messages = findAll("#toasts, #live");
let pressed = null;

document.addEventListener("dialog:open", ({ target }) => {
  if (!target.open) target.showModal();
  target.append(...messages);
});
document.addEventListener("close", ({ target }) => {
  if (!target.matches("dialog")) return;
  (find("dialog[open]") ?? document.body).append(...messages);
  const { activeElement: here } = document;
  if (here === document.body || target.contains(here)) pressed?.focus();
}, true);
// A button that is disabled while its form is sent loses the focus before the answer opens a dialog.
on("submit", "form", (form, { submitter }) => {
  if (!form.closest("dialog")) pressed = submitter;
}, true);

on("click", "[data-dialog-open]", (opener, event) => {
  const dialog = document.getElementById(opener.dataset.dialogOpen);
  if (!dialog || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  openDialog(dialog);
});
on("click", "[data-dialog-close]", (button) => button.closest("dialog").close());
on("click", "dialog", (dialog, event) => {
  if (event.target === dialog) dialog.close();
});

// Native dialogs: the browser keeps the focus inside, closes on Esc and gives the focus back.
// What lies outside an open one can be neither pressed nor heard, so the messages move in with it.
const messages = findAll("#toasts, #live");

document.addEventListener("dialog:open", ({ target }) => {
  if (!target.open) target.showModal();
  target.append(...messages);
});
document.addEventListener("close", ({ target }) => {
  if (target.matches("dialog")) (find("dialog[open]") ?? document.body).append(...messages);
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

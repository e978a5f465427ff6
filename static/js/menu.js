// Menus are details elements; they close on Esc and when something else is clicked.
const open = () => findAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  open().filter((menu) => !menu.contains(event.target)).forEach((menu) => { menu.open = false; });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  open().forEach((menu) => {
    menu.open = false;
    find("summary", menu).focus();
  });
});
document.addEventListener("focusin", (event) => {
  open().filter((menu) => !menu.contains(event.target)).forEach((menu) => { menu.open = false; });
});

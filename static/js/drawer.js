// The bag opens beside the page; the link itself leads to the bag's page.
const drawer = find("#drawer");
const openDrawer = () => openDialog(drawer);
const failures = ["htmx:responseError", "htmx:sendError", "htmx:timeout"];

on("click", "a[data-drawer]", (link, event) => {
  const newTab = event.ctrlKey || event.metaKey || event.shiftKey;
  if (newTab || !drawer || !window.htmx || location.pathname === link.pathname) return;
  event.preventDefault();
  find("#drawer-body").textContent = "";
  openDrawer();
  htmx.ajax("GET", link.href, { source: link, target: "#drawer-body", swap: "innerHTML" }).catch(() => {});
});
failures.forEach((type) => on(type, "a[data-drawer]", () => drawer?.close()));
document.addEventListener("drawer:open", openDrawer);

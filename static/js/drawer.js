// The bag opens beside the page; the link itself leads to the bag's page.
const drawer = find("#drawer");
const openDrawer = () => { if (drawer && !drawer.open) drawer.showModal(); };

on("click", "a[data-drawer]", (link, event) => {
  const newTab = event.ctrlKey || event.metaKey || event.shiftKey;
  if (newTab || !drawer || !window.htmx || location.pathname === link.pathname) return;
  event.preventDefault();
  find("#drawer-body").textContent = "";
  openDrawer();
  htmx.ajax("GET", link.href, { source: link, target: "#drawer-body", swap: "innerHTML" })
    .catch(() => location.assign(link.href));
});
document.addEventListener("drawer:open", openDrawer);

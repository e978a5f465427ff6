// Changes the theme at once and lets the server remember it; without script the same form reloads the page.
const apply = (theme) => {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const ground = getComputedStyle(document.documentElement).backgroundColor;
  findAll("meta[name=theme-color]").forEach((meta) => { meta.content = ground; });
  findAll("[data-theme-form] [aria-pressed]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.value === theme));
  });
};

on("submit", "[data-theme-form]", async (form, event) => {
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  apply(event.submitter.value);
  await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
});

// Redoc's search makes its worker with eval, which the content policy refuses; without workers it searches in the page.
window.Worker = undefined;

// It looks at the system's colours once, when it opens; a page that stays open follows them, unless it was told others.
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ({ matches }) => {
  if (localStorage.getItem("redoc.colorMode")) return;
  document.documentElement.classList.toggle("dark", matches);
  document.documentElement.classList.toggle("light", !matches);
});

// Swagger UI over the shop's own document; its dark colours follow the system.
const viewer = document.getElementById("viewer");
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);

follow();
dark.addEventListener("change", follow);
SwaggerUIBundle({
  url: viewer.dataset.document,
  domNode: viewer,
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  validatorUrl: null,
});

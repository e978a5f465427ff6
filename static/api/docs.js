// Swagger UI over the shop's own document; its dark colours follow the system.
const viewer = document.getElementById("viewer");
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);

// The document names the shop's public address; whoever opened this page at another asks that one.
function askHere(request) {
  const asked = new URL(request.url, location.href);
  request.url = location.origin + asked.pathname + asked.search;
  return request;
}

follow();
dark.addEventListener("change", follow);
SwaggerUIBundle({
  url: viewer.dataset.document,
  domNode: viewer,
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  requestInterceptor: askHere,
  validatorUrl: null,
});

// A page that comes back from the browser's memory shows an old count.
addEventListener("pageshow", (event) => {
  if (event.persisted && window.htmx) htmx.ajax("GET", "/_f/bag-count", { target: "#bag-count", swap: "outerHTML" });
});

// The bar repeats the buy button while that is out of sight, and tells the page how much room it takes.
let watcher;

const watch = () => {
  watcher?.disconnect();
  const bar = find("[data-buybar]");
  const button = bar && find(bar.dataset.buybar);
  if (!button) return;
  watcher = new IntersectionObserver(([entry]) => {
    bar.hidden = entry.isIntersecting;
    document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
  });
  watcher.observe(button);
};
watch();
document.addEventListener("htmx:afterSettle", watch);

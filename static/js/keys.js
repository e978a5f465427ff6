// Key sequences of the owner's pages. They rest while somebody types, and can be turned off for good.
const isOff = () => localStorage.getItem("keys") === "off";
const sequences = () => findAll("[data-key]");
let typed = [];
let timer;

const single = {
  "/": () => find("[data-search]")?.focus(),
  "?": () => openDialog(find("#keys")),
};

document.addEventListener("keydown", (event) => {
  if (isOff() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || find("dialog[open]")) return;
  const run = !typed.length && single[event.key];
  if (run) { event.preventDefault(); run(); return; }
  if (event.key.length > 1) return;
  clearTimeout(timer);
  timer = setTimeout(() => { typed = []; }, 1000);
  typed = [...typed, event.key.toLowerCase()].slice(-2);
  const link = sequences().find((item) => item.dataset.key === typed.join(" "));
  if (link) { typed = []; link.click(); }
});
each("[data-keys-off]", (box) => {
  box.checked = isOff();
  box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "off" : "on"));
});

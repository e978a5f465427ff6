// What every behaviour below may use: looking up, listening once for the whole page, speaking.
const find = (selector, root = document) => root.querySelector(selector);
const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Run for every event of that type inside an element that matches, now or later in the page. */
const on = (type, selector, run, options) =>
  document.addEventListener(type, (event) => {
    const element = event.target instanceof Element && event.target.closest(selector);
    if (element) run(element, event);
  }, options);

/** Run once for each matching element: those in the page, and those htmx brings. */
const each = (selector, run) => {
  const seen = new WeakSet();
  const visit = (root) => {
    const found = findAll(selector, root);
    if (root.matches?.(selector)) found.unshift(root);
    found.filter((element) => !seen.has(element)).forEach((element) => { seen.add(element); run(element); });
  };
  visit(document);
  document.addEventListener("htmx:load", (event) => visit(event.target));
};

const say = (text) => { find("#live").textContent = text; };
const openDialog = (dialog) => dialog?.dispatchEvent(new CustomEvent("dialog:open", { bubbles: true }));
const isTyping = (element) => element.matches("input, textarea, select, [contenteditable]");

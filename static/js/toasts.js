// Messages close themselves after 8 seconds, errors stay; pointing at one or focusing it stops the clock.
const close = (toast) => toast.remove();

each("[data-toast]", (toast) => {
  const button = find("[data-toast-close]", toast);
  if (button) { button.hidden = false; button.addEventListener("click", () => close(toast)); }
  say(find(".toast__text", toast).textContent);
  if (toast.dataset.tone === "error") return;
  let timer = setTimeout(close, 8000, toast);
  const hold = () => clearTimeout(timer);
  const resume = () => { hold(); timer = setTimeout(close, 4000, toast); };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", resume);
  toast.addEventListener("focusout", resume);
});

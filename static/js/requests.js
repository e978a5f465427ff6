// One place for requests that go wrong: the page stays as it is, a message offers to try again.
const words = {
  "htmx:sendError": "You seem to be offline. Nothing was lost.",
  "htmx:timeout": "The shop took too long to answer.",
  "htmx:swapError": "The answer could not be shown.",
};
const byStatus = { 403: "This page is out of date. Reload it and try again.", 429: "Too many tries. Wait a minute, then try again." };

const said = (xhr) => {
  if (!xhr?.responseText) return null;
  return find(".toast__text", new DOMParser().parseFromString(xhr.responseText, "text/html"))?.textContent;
};
const again = ({ elt, requestConfig }) => {
  if (elt.matches("form")) elt.requestSubmit();
  else htmx.trigger(elt, requestConfig?.triggeringEvent?.type ?? "click");
};

const show = (event) => {
  const { detail } = event;
  const status = detail.xhr?.status;
  findAll("#toasts [data-retry]").forEach((old) => old.closest("[data-toast]").remove());
  const toast = find("#toast-retry").content.firstElementChild.cloneNode(true);
  const text = words[event.type] ?? said(detail.xhr) ?? byStatus[status] ?? "Something went wrong on our side.";
  find(".toast__text", toast).textContent = text;
  const retry = find("[data-retry]", toast);
  if (status === 403) retry.textContent = "Reload";
  retry.addEventListener("click", () => {
    toast.remove();
    if (status === 403) location.reload();
    else again(detail);
  });
  find("#toasts").append(toast);
  say(text);
};
["htmx:responseError", ...Object.keys(words)].forEach((type) => document.addEventListener(type, show));

document.addEventListener("htmx:beforeRequest", ({ detail }) => detail.target?.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", ({ detail }) => detail.target?.removeAttribute("aria-busy"));

// A note the visitor closed stays closed until the browser is.
each("[data-dismiss]", (note) => {
  const key = `dismissed:${note.dataset.dismiss}:${note.textContent.trim()}`;
  if (sessionStorage.getItem(key)) return note.remove();
  const button = find("[data-dismiss-button]", note);
  button.hidden = false;
  button.addEventListener("click", () => {
    sessionStorage.setItem(key, "yes");
    note.remove();
  });
});

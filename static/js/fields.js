// An error is about what was typed before: it goes when the field changes.
on("input", "[aria-invalid]", (input) => {
  input.removeAttribute("aria-invalid");
  document.getElementById(`${input.id}-error`)?.remove();
  const hint = document.getElementById(`${input.id}-hint`);
  if (hint) input.setAttribute("aria-describedby", hint.id);
  else input.removeAttribute("aria-describedby");
});

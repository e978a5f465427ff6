// The grid of variants is moved in like a sheet, by arrows and Enter, and filled at once. Without script the shop fills it.
const ways = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

on("keydown", "[data-cell]", (input, event) => {
  const [down, right] = ways[event.key] ?? [0, 0];
  const { type, value: { length }, selectionStart, selectionEnd } = input;
  // Left and right first move within a text.
  const stays = right && type === "text" && selectionEnd - selectionStart < length && selectionEnd !== (right > 0 ? length : 0);
  if (down === right || stays || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  let cell = input.closest("td");
  let next;
  do {
    cell = cell.closest("tbody").rows[cell.parentElement.sectionRowIndex + down]?.cells[cell.cellIndex + right];
    next = cell && find("[data-cell]", cell);
  } while (cell && !next);
  next?.focus();
  next?.select();
});
on("click", "[data-fill]", ({ form, dataset }, event) => {
  event.preventDefault();
  const { fill, makes } = form.elements;
  findAll(`[data-cell]${dataset.fill}`, form).forEach((input) => {
    if ("gap" in input.dataset && !input.value && !makes.checked) return;
    const codes = { ...form.dataset, ...input.dataset };
    input.checked = fill.checked;
    if (input.type === "text") input.value = fill.value.replace(/\{(\w+)\}/g, (found, name) => codes[name] ?? found);
  });
});

// A branch of the tree is dragged: onto the upper edge of a category to stand before it, else to stand below it.
// Buttons and each category's own page do the same without a pointer.
let dragged;

const drop = (node) => {
  if (!node || !dragged || node === dragged || dragged.closest(".tree__branch").contains(node)) return null;
  return node;
};
const mark = (node, place) => {
  findAll("[data-drop]").forEach((other) => { if (other !== node) delete other.dataset.drop; });
  if (node) node.dataset.drop = place;
};
const placeIn = (node, event) => {
  const { top, height } = node.getBoundingClientRect();
  return event.clientY < top + height / 3 ? "before" : "below";
};

each("[data-tree] [data-node]", (node) => { node.draggable = true; });
on("dragstart", "[data-tree] [data-node]", (node, event) => {
  dragged = node;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", node.dataset.node);
});
on("dragover", "[data-tree] [data-node]", (over, event) => {
  const node = drop(over);
  if (node) event.preventDefault();
  mark(node, node && placeIn(node, event));
});
on("dragend", "[data-tree] [data-node]", () => { dragged = null; mark(null); });
on("drop", "[data-tree] [data-node]", (over, event) => {
  const node = drop(over);
  if (!node) return;
  event.preventDefault();
  const isBefore = placeIn(node, event) === "before";
  const form = find("#tree-move");
  form.action = dragged.dataset.move;
  form.elements.parent.value = isBefore ? node.dataset.parent : node.dataset.node;
  form.elements.before.value = isBefore ? node.dataset.node : "";
  form.requestSubmit();
});

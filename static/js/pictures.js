// Pictures of a product: files are sent one by one with their progress, and dragged into order.
// Without script one form sends them all, and buttons move them.
const failed = "It could not be sent. Choose it again.";

/** Sends one file; `moved` hears how far it is, the answer is the card as it is then. */
const send = (form, file, moved) => new Promise((done) => {
  const request = new XMLHttpRequest();
  const body = new FormData();
  findAll("[type=hidden]", form).forEach(({ name, value }) => body.append(name, value));
  body.append("pictures", file);
  request.upload.addEventListener("progress", ({ loaded, total }) => moved(loaded / total));
  request.addEventListener("loadend", () => done(new DOMParser().parseFromString(request.responseText ?? "", "text/html")));
  request.open("POST", form.action);
  request.setRequestHeader("HX-Request", "true");
  request.send(body);
});

const row = (file) => {
  const line = document.createElement("li");
  const name = document.createElement("span");
  const progress = document.createElement("progress");
  name.textContent = file.name;
  progress.setAttribute("aria-label", `Sending ${file.name}`);
  line.append(name, progress);
  return line;
};

const isChanged = (field) => (field.matches("select") ? !field.selectedOptions[0].defaultSelected : field.value !== field.defaultValue);

/** Shows the card as it is now; what was typed in the old one, and what was refused, stays. */
const renew = (card, refused) => {
  const old = find("#pictures");
  findAll("[data-pictures] :is(input:not([type=hidden]), select)", old).filter(isChanged).forEach(({ id, value }) => {
    const same = find(`[id="${id}"]`, card);
    if (same) same.value = value;
  });
  find("[data-uploads]", card).replaceChildren(...refused);
  find("[role=alert]", card)?.remove();
  old.replaceWith(card);
  htmx.process(card);
  card.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
};

/** Sends what was chosen, one file after the other. */
const sendAll = async (input) => {
  const { form } = input;
  const files = [...input.files];
  const lines = files.map(row);
  const refused = [];
  let card = null;
  find("[data-uploads]", form).replaceChildren(...lines);
  input.value = "";
  for (const [place, file] of files.entries()) {
    const progress = find("progress", lines[place]);
    const answer = await send(form, file, (part) => { progress.value = part; });
    const error = find("[data-refusal]", answer)?.textContent ?? (find("#pictures", answer) ? null : `${file.name}: ${failed}`);
    card = find("#pictures", answer) ?? card;
    progress.value = 1;
    if (!error) continue;
    refused.push(lines[place]);
    lines[place].className = "field__error";
    lines[place].replaceChildren(error);
  }
  if (card) renew(document.adoptNode(card), refused);
  say(`${files.length - refused.length} of ${files.length} pictures added.`);
};

on("change", "[data-upload] [type=file]", sendAll);
each("[data-upload]", (form) => {
  const input = find("[type=file]", form);
  find("[data-upload-button]", form).hidden = true;
  if (input.files.length) sendAll(input); // chosen before this script was there
});

each("[data-picture] .thumb", (thumb) => { thumb.draggable = true; });
on("dragstart", "[data-picture] .thumb", (thumb, event) => {
  const line = thumb.closest("[data-picture]");
  line.dataset.dragged = "";
  event.dataTransfer.setData("text/plain", "");
  event.dataTransfer.setDragImage(line, 0, 0);
});
on("dragover", "[data-picture]", (line, event) => {
  const dragged = find("[data-dragged]", line.parentElement);
  if (!dragged) return;
  event.preventDefault();
  const { top, height } = line.getBoundingClientRect();
  if (line !== dragged) line[event.clientY < top + height / 2 ? "before" : "after"](dragged);
});
on("drop", "[data-picture]", (_, event) => event.preventDefault());
on("dragend", "[data-picture] .thumb", (thumb) => {
  const line = thumb.closest("[data-picture]");
  delete line.dataset.dragged;
  line.closest("form").requestSubmit();
});

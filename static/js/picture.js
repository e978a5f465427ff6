// The square of a chosen picture: sliders say where it lies, the canvas shows it and can be dragged.
const chosen = new WeakMap();
const MOST_BYTES = 5 * 1024 * 1024;

/** Draws the square; returns how many pixels of the picture one pixel of the canvas covers, and what is left to move. */
const show = (form) => {
  const { picture, canvas } = chosen.get(form);
  const { x, y, zoom } = form.elements;
  const side = (Math.min(picture.width, picture.height) * 100) / zoom.value;
  const [restX, restY] = [picture.width - side, picture.height - side];
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, (restX * x.value) / 100, (restY * y.value) / 100, side, side, 0, 0, canvas.width, canvas.height);
  return { step: (side / canvas.clientWidth) * 100, restX, restY };
};

on("change", "[data-picture] [type=file]", async (input) => {
  const { form, files: [file] } = input;
  const crop = find("[data-crop]", form);
  input.setCustomValidity(file?.size > MOST_BYTES ? "The picture is larger than 5 MB. Choose a smaller one." : "");
  const picture = file && (await createImageBitmap(file).catch(() => null));
  if (file !== input.files[0]) return;
  crop.hidden = !picture;
  findAll("[type=range]", crop).forEach((range) => { range.value = range.defaultValue; });
  if (!picture) return;
  chosen.set(form, { picture, canvas: find("canvas", crop) });
  show(form);
});
on("input", "[data-crop] [type=range]", (range) => show(range.form));
on("pointerdown", "[data-crop] canvas", (canvas, event) => canvas.setPointerCapture(event.pointerId));
on("pointermove", "[data-crop] canvas", (canvas, event) => {
  if (!canvas.hasPointerCapture(event.pointerId)) return;
  const form = canvas.closest("form");
  const { x, y } = form.elements;
  const { step, restX, restY } = show(form);
  if (restX) x.value -= (event.movementX * step) / restX;
  if (restY) y.value -= (event.movementY * step) / restY;
  show(form);
});

// Minus and plus count at once and send the number when the finger rests.
const timers = new WeakMap();
const send = (form, wait) => {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => form.isConnected && form.requestSubmit(), wait));
};
each("[data-stepper]", (form) => form.setAttribute("data-live", ""));

on("click", "[data-stepper] [name=op]", (button, event) => {
  const { form } = button;
  const input = find("[type=number]", form);
  event.preventDefault();
  if (button.value === "plus") input.stepUp();
  else input.stepDown();
  send(form, 400);
});
on("change", "[data-stepper] [type=number]", (input) => { if (input.reportValidity()) send(input.form, 0); });
// htmx adds the button that was pressed last, but the number already counts it.
on("htmx:configRequest", "[data-stepper]", (_form, event) => { delete event.detail.parameters.op; });

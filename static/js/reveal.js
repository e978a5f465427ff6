// A password can be looked at while it is typed.
each("input[type=password]", (input) => {
  const button = document.createElement("button");
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide password" : "Show password";
  };
  button.type = "button";
  button.className = "field__show";
  button.addEventListener("click", () => show(input.type === "password"));
  show(false);
  input.after(button);
});

// The search field as a combobox: the focus stays in it, arrows walk what the shop suggests, Enter follows one.
const PAUSE = 150;
const FEWEST = 2;

each("[data-suggest]", (input) => {
  const list = document.getElementById(input.getAttribute("aria-controls"));
  const options = () => findAll("[role=option]", list);
  let timer;
  let asking;

  const choose = (chosen) => {
    options().forEach((option) => { option.ariaSelected = option === chosen; });
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const show = (isShown) => {
    list.hidden = !isShown;
    input.ariaExpanded = isShown;
    choose();
  };
  const rest = () => {
    clearTimeout(timer);
    asking?.abort();
  };
  const close = () => { rest(); show(false); };
  const ask = async () => {
    rest();
    const words = input.value.trim();
    if (words.length < FEWEST) { close(); return; }
    asking = new AbortController();
    try {
      const answer = await fetch(`/search/suggest?q=${encodeURIComponent(words)}`, { signal: asking.signal });
      if (answer.ok) fill(await answer.text());
    } catch { /* Somebody types on, or is offline: the form works by itself. */ }
  };
  const fill = (html) => {
    list.innerHTML = html;
    options().forEach((option, place) => { option.id = `${list.id}-${place}`; });
    show(options().length > 0);
    say(list.firstElementChild?.dataset.said ?? "");
  };
  const walk = (step) => {
    const all = options();
    const here = all.findIndex((option) => option.ariaSelected === "true");
    choose(all.at((here < 0 ? Math.min(step, 0) : here + step) % all.length));
  };

  input.role = "combobox";
  input.ariaAutoComplete = "list";
  show(false);
  input.addEventListener("input", () => {
    rest();
    choose();
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", close);
  addEventListener("pagehide", close);
  // Pressing a suggestion would take the focus, and with it the list, before the click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("keydown", (event) => {
    const { key } = event;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    const chosen = find("[aria-selected=true]", list);
    if (event.isComposing) return;
    if (/^(Home|End|ArrowLeft|ArrowRight)$/.test(key)) { choose(); return; }
    if (step && list.hidden) ask();
    else if (step) walk(step);
    else if (key === "Enter" && chosen) chosen.click();
    else if (key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
});

/* A text field with suggestions from the server: arrows move, Enter takes, Esc closes. Chosen = id in the hidden field. */

const DELAY = 200; // milliseconds of rest before the server is asked
let asking = 0;
let request = null;

const optionsOf = (input) => document.getElementById(input.getAttribute("aria-controls"));

function showOptions(input, open) {
  input.ariaExpanded = open && optionsOf(input).children.length > 0;
  if (!open) input.removeAttribute("aria-activedescendant");
}

async function suggest(input, combo) {
  request?.abort();
  request = new AbortController();
  const query = new URLSearchParams({ q: input.value });
  const answer = await fetch(`${combo.dataset.combobox}?${query}`, { signal: request.signal }).catch(() => null);
  if (!answer?.ok) return;
  const list = optionsOf(input);
  list.innerHTML = await answer.text();
  all("[role=option]", list).forEach((option, place) => (option.id ||= `${list.id}-${place}`));
  showOptions(input, true);
}

function take(combo, option) {
  const input = one("[role=combobox]", combo);
  const text = option.dataset.text ?? option.textContent.trim();
  input.value = one("[data-combobox-shown]", combo).value = text;
  one("[data-combobox-id]", combo).value = option.dataset.value;
  showOptions(input, false);
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function pointAt(input, next) {
  for (const option of all("[role=option]", optionsOf(input))) option.ariaSelected = option === next;
  input.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

function point(input, step) {
  const options = all("[role=option]", optionsOf(input));
  const here = options.findIndex((option) => option.ariaSelected === "true");
  const next = here < 0 && step < 0 ? options.at(-1) : options.at((here + step) % options.length);
  if (next) pointAt(input, next);
}

on("input", "[data-combobox] [role=combobox]", (event, input) => {
  clearTimeout(asking);
  asking = setTimeout(() => suggest(input, input.closest("[data-combobox]")), DELAY);
});
on("keydown", "[data-combobox] [role=combobox]", (event, input) => {
  const pointed = document.getElementById(input.getAttribute("aria-activedescendant"));
  if (event.key === "Escape" && input.ariaExpanded === "true") showOptions(input, false);
  else if (event.key === "Enter" && pointed) take(input.closest("[data-combobox]"), pointed);
  else if (event.key === "ArrowDown") point(input, 1);
  else if (event.key === "ArrowUp") point(input, -1);
  else return;
  event.preventDefault();
});
on("mousedown", "[data-combobox] [role=option]", (event, option) => {
  event.preventDefault();
  take(option.closest("[data-combobox]"), option);
});
on("focusout", "[data-combobox] [role=combobox]", (event, input) => showOptions(input, false));

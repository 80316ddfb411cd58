/* Keys come from the page itself: data-key="g d" on a link, data-key="n" on a tab, data-key="m" on the menu of a card.
   Where several have the same key, the one nearest to the focus is meant. */

const PAUSE = 1000; // milliseconds between the keys of a sequence
let typed = "";
let pause = 0;

const isTyping = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

function keyed(keys, how = "=") {
  const wanted = `[data-key${how}"${CSS.escape(keys)}"]:not(dialog:not([open]) *)`;
  for (let place = document.activeElement; place; place = place.parentElement) {
    const found = one(wanted, place);
    if (found) return found;
  }
}

function use(element) {
  if (element.matches("input, textarea, select")) element.focus();
  else element.click();
}

function press(key) {
  typed = typed ? `${typed} ${key}` : key;
  const found = keyed(typed) ?? keyed(key);
  const goesOn = keyed(`${typed} `, "^=");
  clearTimeout(pause);
  if (found && !goesOn) use(found);
  typed = goesOn ? typed : "";
  if (goesOn) pause = setTimeout(() => (typed = ""), PAUSE);
  return Boolean(found || goesOn);
}

function choose(dialog, event) {
  const option = /^[1-9]$/.test(event.key) && one(".opts", dialog)?.querySelector(`button:nth-of-type(${event.key})`);
  if (option?.disabled ?? true) return;
  event.preventDefault(); // else the field that gets the focus takes the digit as well
  htmx.process(dialog); // who is quick presses before htmx has looked at what it brought
  option.click();
}

document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (event.isComposing || event.defaultPrevented) return;
  if (command && event.key === "Enter" && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit();
  } else if (command && event.key === "k" && palette) {
    event.preventDefault();
    if (palette.open) palette.close();
    else one("[data-palette]").click();
  }
  if (command || event.altKey) return;
  if (document.body.dataset.singleKeys === "off" || isTyping(event.target)) return;
  const dialog = one("dialog[open]");
  if (dialog) return choose(dialog, event);
  if (event.key === "z") all("#toasts [data-undo]").at(-1)?.click();
  else if (press(event.key)) event.preventDefault();
});

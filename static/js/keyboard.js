/* Keys come from the page itself: data-key="g d" on a link, data-key="n" on a tab, data-key="/" on a field. */

const PAUSE = 1000; // milliseconds between the keys of a sequence
let typed = "";
let pause = 0;

const isTyping = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const keyed = (keys, how = "=") => one(`[data-key${how}"${CSS.escape(keys)}"]`);

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

function choose(dialog, key) {
  const option = /^[1-9]$/.test(key) && one(`.opts > :nth-child(${key}):not(:disabled)`, dialog);
  if (option) option.click();
}

document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key === "Enter" && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit();
  } else if (command && event.key === "k" && keyed("/")) {
    event.preventDefault();
    keyed("/").focus();
  }
  if (command || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (document.body.dataset.singleKeys === "off" || isTyping(event.target)) return;
  const dialog = one("dialog[open]");
  if (dialog) return choose(dialog, event.key);
  if (event.key === "z") all("#toasts [data-undo]").at(-1)?.click();
  else if (press(event.key)) event.preventDefault();
});

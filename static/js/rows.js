/* Rows that are worked through: j and k move, a row's own keys press its buttons, who finishes one goes on with the next. */

const WORK = ".work > li";
let lastRow = -1; // the row that something is being done with

const workRow = (element) => element?.closest?.(WORK);
const focusOn = (row) => row && one(".t", row).focus();

function goOn() {
  const active = document.activeElement;
  if (lastRow < 0 || workRow(active) || one("dialog[open]") || isTyping(active)) return;
  const rows = all(WORK);
  if (rows.length) focusOn(rows[Math.min(lastRow, rows.length - 1)]);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest(".slot")) return closeSlot(event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.body.dataset.singleKeys === "off" || isTyping(event.target) || one("dialog[open]")) return;
  const rows = all(WORK);
  const row = workRow(event.target);
  const key = event.key === " " ? "Space" : event.key;
  const step = { j: 1, k: -1 }[key];
  if (step) return focusOn(rows[row ? rows.indexOf(row) + step : 0]);
  const isPressed = ["Space", "Enter"].includes(key) && !event.target.matches(".t"); // what has the focus takes these
  const button = row && !isPressed && one(`[data-row-key~="${CSS.escape(key)}"]`, row);
  if (!button) return;
  event.preventDefault();
  button.click();
});

function closeSlot(element) {
  const row = workRow(element);
  element.closest(".slot").replaceChildren();
  focusOn(row);
}

on("click", "[data-close-slot]", (event, button) => closeSlot(button));
on("click", "[data-focus]", (event, button) => document.getElementById(button.dataset.focus).focus());

document.addEventListener("htmx:beforeRequest", (event) => {
  const row = workRow(event.detail.elt);
  if (row) lastRow = all(WORK).indexOf(row);
});
document.addEventListener("htmx:afterSettle", goOn);
document.addEventListener("close", () => setTimeout(goOn), true);

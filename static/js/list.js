/* Lists: choosing rows, moving through them with j and k, x to select, e to edit. */

const BOXES = "table.list tbody input[name=ids]";
let anchor = null; // where a range that shift extends begins

function countSelection() {
  const boxes = all(BOXES);
  const chosen = boxes.filter((box) => box.checked).length;
  const everything = one(".bulk [name=all]")?.checked;
  for (const place of all("[data-count]")) place.textContent = everything ? one("#bulk-total").dataset.total : chosen;
  for (const box of all("[data-check-all]")) {
    box.checked = chosen > 0 && chosen === boxes.length;
    box.indeterminate = chosen > 0 && chosen < boxes.length;
  }
}

on("click", BOXES, (event, box) => {
  const boxes = all(BOXES);
  if (event.shiftKey && boxes.includes(anchor)) {
    const [from, to] = [boxes.indexOf(anchor), boxes.indexOf(box)].sort((a, b) => a - b);
    for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
  }
  anchor = box;
  countSelection();
});

on("change", "[data-check-all]", (event, box) => {
  for (const other of all(BOXES)) other.checked = box.checked;
  countSelection();
});

on("change", ".bulk [name=all]", countSelection);

on("reset", ".bulk", () => setTimeout(countSelection));

function moveRow(step) {
  const links = all("table.list tbody th a");
  const here = links.indexOf(one("table.list tbody tr:focus-within th a"));
  const next = links[here < 0 ? 0 : here + step];
  next?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.body.dataset.singleKeys === "off" || isTyping(event.target) || one("dialog[open]")) return;
  const row = one("table.list tbody tr:focus-within");
  if (event.key === "j") moveRow(1);
  else if (event.key === "k") moveRow(-1);
  else if (event.key === "x") row && one("input[name=ids]", row)?.click();
  else if (event.key === "e" && row?.dataset.edit) location.assign(row.dataset.edit);
});

/* Who ticks something off goes on with the row that takes its place. */
const TICKS = "tbody .done button, .pair form button";
let ticked = -1;
on("click", TICKS, (event, button) => (ticked = all(TICKS).indexOf(button)));

onContent(() => {
  countSelection();
  if (ticked < 0) return;
  const left = all(TICKS);
  (left[ticked] ?? left.at(-1) ?? one("#main")).focus();
  ticked = -1;
});

/* Lists: choosing rows, moving through them with j and k, x to select, e to edit a row or a cell. */

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
  const links = all("table.list tbody th > a:first-child");
  const here = links.indexOf(one("table.list tbody tr:focus-within th > a:first-child"));
  const next = links[here < 0 ? 0 : here + step];
  next?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.body.dataset.singleKeys === "off" || isTyping(event.target) || one("dialog[open]")) return;
  const row = one("table.list tbody tr:focus-within");
  if (event.key === "j") moveRow(1);
  else if (event.key === "k") moveRow(-1);
  else if (/^x$/i.test(event.key)) row && one("input[name=ids]", row)?.dispatchEvent(new MouseEvent("click", { shiftKey: event.shiftKey, bubbles: true }));
  else if (event.key === "a") one("[data-check-all]")?.click();
  else if (event.key === "e" && row) {
    const pencil = one(".edit", event.target.closest("td") ?? document.createElement("i"));
    if (pencil) pencil.click();
    else if (row.dataset.edit) location.assign(row.dataset.edit);
  } else if (/^Arrow(Left|Right)$/.test(event.key) && row) {
    const stops = all("th a, td .edit", row);
    stops[stops.indexOf(event.target) + (event.key === "ArrowLeft" ? -1 : 1)]?.focus();
    event.preventDefault();
  }
});

/* A cell becomes the form of its field; Shift on a head sorts by it among what is equal. */
on("click", "table.list a.edit", (event, link) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  htmx.ajax("GET", link.href, { target: link.closest("td, th"), swap: "outerHTML" });
});
on("click", "a[data-then]", (event, link) => {
  if (!event.shiftKey) return;
  event.preventDefault();
  location.assign(link.dataset.then);
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

/* Lists whose items say where they belong (data-order): what the server adds goes to its place, arrows go from item to
   item and to lists of the same data-sorted, m opens the menu of one. An item that comes again takes the place of itself. */

const itemsOf = (list) => [...list.children].filter((item) => item.id);
const ofOrder = (a, b) => (a.dataset.order < b.dataset.order ? -1 : 1);

/** Put the items in order; what belongs behind the link to the rest comes when that is followed. */
function sortList(list) {
  const ordered = [...list.children].sort(ofOrder);
  const rest = ordered.findIndex((item) => item.matches(".rest"));
  if (rest >= 0) for (const item of ordered.splice(rest + 1)) item.remove();
  if (ordered.some((item, place) => item !== list.children[place])) list.append(...ordered);
}

function removeItem(item) {
  const beside = item.nextElementSibling?.id ? item.nextElementSibling : item.previousElementSibling;
  const next = (beside && one("a", beside)) ?? one("h1");
  if (item.contains(opener)) opener = next;
  else if (item.contains(document.activeElement)) next.focus();
  item.remove();
}

document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  if (!detail.target.matches("[data-sorted]")) return;
  for (const item of detail.fragment.children) item.id && document.getElementById(item.id)?.remove();
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => { // somebody moved an item behind the link meanwhile
  if (!detail.target.matches("[data-sorted] > .rest")) return;
  for (const [, id] of detail.serverResponse.matchAll(/<li [^>]*? id="([^"]+)"/g)) document.getElementById(id)?.remove();
});
document.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
  if (detail.target.matches("[data-sorted]")) sortList(detail.target);
});
document.addEventListener("items:removed", ({ detail }) => {
  for (const id of detail.ids) {
    const item = document.getElementById(id);
    if (item) removeItem(item);
  }
});

function goTo(item, key) {
  const list = item.parentElement;
  const lists = all(`[data-sorted="${list.dataset.sorted}"]`);
  const place = itemsOf(list).indexOf(item);
  if (key === "ArrowUp") return itemsOf(list)[place - 1];
  if (key === "ArrowDown") return itemsOf(list)[place + 1];
  const ahead = key === "ArrowRight" ? lists.slice(lists.indexOf(list) + 1) : lists.slice(0, lists.indexOf(list)).reverse();
  const items = ahead.map(itemsOf).find((found) => found.length) ?? [];
  return items[Math.min(place, items.length - 1)];
}

on("keydown", "[data-sorted] > li", (event, item) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || one("dialog[open]")) return;
  const next = event.key.startsWith("Arrow") && goTo(item, event.key);
  if (next) one("a", next).focus();
  else if (event.key === "m" && document.body.dataset.singleKeys !== "off") one(".more", item)?.click();
  else if (!event.key.startsWith("Arrow")) return;
  event.preventDefault();
});

/* Drag and drop, whatever is dragged. An item has data-id, one to drag data-version too; a place to drop it names in data-drop the
   address that is told, with 0 where the id goes, and in data-name and data-value what. A list (data-sorted) takes the
   item in, with data-places between the two that it is dropped on, else where its order says; at another place with
   data-asks a dialog asks for more first. */

const MOVABLE = "[draggable=true]";
let dragged = null;
let cameFrom = null;

function putBack({ item, list, before }) {
  if (!item.isConnected) return;
  list.insertBefore(item, before?.parentElement === list ? before : null);
  if (list.matches("[data-sorted]")) sortList(list);
}

/** What the item would stand before, at this height of the list. */
function itemBelow(list, y) {
  return all(":scope > [data-id]:not(.dragging)", list).find((item) => {
    const { top, height } = item.getBoundingClientRect();
    return y < top + height / 2;
  });
}

const idOf = (item) => item?.dataset.id ?? "";
/** What failed is said by messages.js. */
const ask = (...how) => htmx.ajax(...how).catch(() => {});

function tell(place, item, origin) {
  const { drop, name, value, asks } = place.dataset;
  const url = drop.replace("/0/", `/${item.dataset.id}/`);
  if (asks !== undefined) {
    putBack(origin);
    ask("GET", `${url}?${name}=${value}`, { source: one("a.more", item) ?? item, target: "#dialog-slot" });
    return;
  }
  const values = { [name]: value, version: item.dataset.version };
  if (place.matches("[data-places]")) Object.assign(values, { after: idOf(item.previousElementSibling), before: idOf(item.nextElementSibling) });
  else if (!place.matches("[data-sorted]")) putBack(origin);
  item.classList.add("saving");
  item.addEventListener("htmx:afterRequest", ({ detail }) => {
    item.classList.remove("saving");
    if (detail.xhr.status === 200) return;
    putBack(origin);
    if (!alerts.children.length) showAlert(alerts.dataset.failed); // a right that was lost
  }, { once: true });
  ask("POST", url, { source: item, values, swap: "none" });
}

on("dragstart", MOVABLE, (event, item) => {
  if (matchMedia("(max-width: 760px)").matches) return event.preventDefault(); // one list is there, and a finger scrolls
  dragged = item;
  cameFrom = { item, list: item.parentElement, before: item.nextElementSibling };
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", item.id);
  setTimeout(() => item.classList.add("dragging")); // the picture under the hand is taken first
});

on("dragover", "[data-drop]", (event, place) => {
  if (!dragged) return;
  event.preventDefault();
  for (const other of all("[data-drop].over")) if (other !== place) other.classList.remove("over");
  place.classList.add("over");
  if (!place.matches("[data-sorted]")) return;
  const below = itemBelow(place, event.clientY) ?? one(":scope > .rest", place);
  if (dragged.nextElementSibling !== below || dragged.parentElement !== place) place.insertBefore(dragged, below ?? null);
});

on("drop", "[data-drop]", (event, place) => {
  if (!dragged) return;
  event.preventDefault();
  const [item, origin] = [dragged, cameFrom];
  dragged = null;
  item.classList.remove("dragging");
  const isThere = !place.matches("[data-places]") || item.nextElementSibling === origin.before;
  if (place === origin.list && isThere) putBack(origin);
  else tell(place, item, origin);
});

document.addEventListener("dragend", () => {
  for (const place of all("[data-drop].over")) place.classList.remove("over");
  cameFrom?.item.classList.remove("dragging");
  if (dragged) putBack(cameFrom);
  dragged = cameFrom = null;
});

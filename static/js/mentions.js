/* @ and some letters in a text suggest members: arrows move, Enter or Tab takes, Esc closes. Without it one types the name. */

const CALL = /(?<![\p{L}\p{N}@.])@([\p{L}\p{N}][^\n@]{0,40})$/u;
let calling = 0;
let called = "";
let taken = ""; // the name that was put in last: what is typed behind it calls nobody

const callList = (text) => one(".called", text.parentElement);
const callOf = (text) => CALL.exec(text.value.slice(0, text.selectionStart))?.[1] ?? "";

function calls(text) {
  const call = callOf(text);
  if (!taken || !call.startsWith(taken)) taken = "";
  return call && !taken;
}

function closeCalls(text) {
  callList(text).replaceChildren();
  text.removeAttribute("aria-activedescendant");
}

async function suggestCalls(text) {
  const list = callList(text);
  called = callOf(text);
  const answer = called && (await fetch(`${list.dataset.callable}?${new URLSearchParams({ q: called })}`).catch(() => null));
  if (called !== callOf(text) || taken) return; // typed on meanwhile
  list.innerHTML = answer?.ok ? await answer.text() : "";
  all("[role=option]", list).forEach((option, place) => (option.id = `${list.id}-${place}`));
  text.setAttribute("aria-controls", list.id);
  text.removeAttribute("aria-activedescendant");
  if (list.children.length) point(text, 1);
}

function takeCall(text, option) {
  const end = text.selectionStart;
  taken = option.dataset.name;
  text.setRangeText(`${option.dataset.name} `, end - callOf(text).length, end, "end");
  closeCalls(text);
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

on("input", "[data-mentions]", (event, text) => {
  clearTimeout(calling);
  if (!calls(text)) return closeCalls(text);
  calling = setTimeout(() => suggestCalls(text), 120);
});
on("keydown", "[data-mentions]", (event, text) => {
  const pointed = document.getElementById(text.getAttribute("aria-activedescendant"));
  if (!pointed || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") closeCalls(text);
  else if (event.key === "Enter" || event.key === "Tab") takeCall(text, pointed);
  else if (event.key === "ArrowDown") point(text, 1);
  else if (event.key === "ArrowUp") point(text, -1);
  else return;
  event.preventDefault();
});
on("mousedown", ".called [role=option]", (event, option) => {
  event.preventDefault();
  takeCall(one("[data-mentions]", option.closest(".writing")), option);
});
on("focusout", "[data-mentions]", (event, text) => closeCalls(text));

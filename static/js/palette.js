/* The palette: search, go to, create, and what the page itself offers. Ctrl K, / or the button in the top bar open it. */

const palette = one("#palette");
const sought = one("#palette-text");
const here = one("#palette-here");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

on("click", "[data-palette]", () => {
  sought.value = "";
  one("#palette-found").replaceChildren();
  palette.showModal();
  sought.focus();
  sought.dispatchEvent(new Event("ask"));
});

/** What keys do on this page is offered by name as well. */
function offerPage() {
  for (const option of all("[role=option]", here)) option.remove();
  const words = plain(sought.value).split(/\s+/);
  for (const element of all("main [data-key]:not(input, select, textarea)")) {
    const name = (element.ariaLabel ?? element.textContent).trim();
    if (!element.checkVisibility() || !words.every((word) => plain(name).includes(word))) continue;
    const option = here.appendChild(document.createElement("div"));
    option.role = "option";
    option.source = element;
    option.append(name);
    option.appendChild(document.createElement("kbd")).append(element.dataset.key);
    one(`#palette-found [data-offer="${element.dataset.key}"]`)?.remove(); // the page does it without leaving
  }
  here.hidden = !one("[role=option]", here);
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "palette-found") return;
  offerPage();
  const options = all("#palette-list [role=option]");
  options.forEach((option, place) => (option.id = `palette-${place}`));
  if (options[0]) pointAt(sought, options[0]);
});

function follow(option, inNewTab) {
  if (inNewTab && option.href) return open(option.href, "_blank", "noopener");
  palette.close();
  if (option.source) use(option.source);
  else option.click();
}

/* Before the answer to what stands there has come, Enter leads to the page of all results. */
const isAnswered = () => one("#palette-found [data-query]")?.dataset.query === sought.value.trim();

on(
  "keydown",
  "#palette-text",
  (event) => {
    const options = all("#palette-list [role=option]");
    const pointed = document.getElementById(sought.getAttribute("aria-activedescendant"));
    if (event.key === "Enter" && pointed && isAnswered()) follow(pointed, event.ctrlKey || event.metaKey);
    else if (event.key === "ArrowDown") point(sought, 1);
    else if (event.key === "ArrowUp") point(sought, -1);
    else if (event.key === "Home" && options[0]) pointAt(sought, options[0]);
    else if (event.key === "End" && options[0]) pointAt(sought, options.at(-1));
    else return;
    event.preventDefault();
  },
  true,
);
on("click", "#palette-here [role=option]", (event, option) => follow(option));

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => {
    if (event.target === sought) one("#palette-said").textContent = alerts.firstElementChild?.textContent.trim() ?? "";
  });
}

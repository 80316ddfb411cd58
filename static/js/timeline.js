/* Composer and timeline: chosen files are named, chips fill a date, and the focus stays where one worked. */

on("change", ".attach input", (event, input) => {
  one("[data-names]", input.parentElement).textContent = [...input.files].map((file) => file.name).join(", ");
});

on("click", "[data-fill]", (event, chip) => {
  const field = document.getElementById(chip.dataset.fill);
  field.value = chip.value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});

on("keydown", ".ev.editing", (event, entry) => {
  if (event.key === "Escape" && !event.defaultPrevented) one("[data-cancel]", entry).click();
});

/* What was done to an entry gives the focus back to its menu; where it is gone, to that of the one in its place. */
let worked = null;

function workOn(event, control) {
  const entry = control.closest(".ev");
  worked = { id: entry.id, place: all("#entries .ev").indexOf(entry) };
}
on("click", ".ev :is(button, [data-cancel], .menu a)", workOn);
on("submit", ".ev form", workOn);

document.addEventListener("htmx:afterSettle", (event) => {
  if (!worked || !document.activeElement || document.activeElement !== document.body) return;
  const entry = document.getElementById(worked.id) ?? all("#entries .ev").at(worked.place) ?? one("#entries .ev:last-child");
  const place = one("textarea, [autofocus]", entry ?? document.createElement("i")) ?? one(".acts, h1 a", entry ?? document) ?? one("#main");
  place.focus({ preventScroll: place.id === "main" });
  worked = null;
});

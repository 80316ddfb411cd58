/* Toasts go after ten seconds, unless somebody looks at them; alerts stay until they are dismissed. */

const TOAST_SECONDS = 10;
const toasts = one("#toasts");
const alerts = one("#alerts");
const ages = new WeakMap();
let clock = 0;

function tick() {
  for (const toast of toasts.children) {
    if (toast.matches(":hover, :focus-within")) continue;
    ages.set(toast, (ages.get(toast) ?? 0) + 1);
    if (ages.get(toast) > TOAST_SECONDS) toast.remove();
  }
}

onChildren(toasts, () => {
  clearInterval(clock);
  if (toasts.children.length) clock = setInterval(tick, 1000);
});

function showAlert(text) {
  const copy = one("#alert-template").content.cloneNode(true);
  one("p", copy).textContent = text;
  alerts.replaceChildren(copy);
}

/* What came with the page is put in once more, since a live region speaks only of changes. */
for (const region of [toasts, alerts]) {
  if (region?.children.length) region.replaceChildren(...region.children);
}

on("click", "[data-dismiss]", (event, button) => button.closest(".alert").remove());

/* What loads by itself says in its own place that it could not, and offers to try again. */
function failed(event, text) {
  const lazy = event.detail.elt.closest("[hx-trigger*=retry]");
  if (!lazy) return showAlert(text);
  for (const old of all(".skeleton, .none", lazy)) old.remove();
  lazy.append(one("#retry-template").content.cloneNode(true));
}

on("click", "[data-retry]", (event, button) => htmx.trigger(button.closest("[hx-trigger*=retry]"), "retry"));
document.addEventListener("htmx:responseError", (event) => failed(event, alerts.dataset.failed));
document.addEventListener("htmx:sendError", (event) => failed(event, alerts.dataset.offline));

/* All files of this folder are one module. Listeners hang on the document, so that they survive every swap. */

const root = document.documentElement;
const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Listen for events of a type on whatever matches the selector, now or later. */
function on(type, selector, handler, capture = false) {
  document.addEventListener(
    type,
    (event) => {
      const match = event.target.closest?.(selector);
      if (match) handler(event, match);
    },
    capture,
  );
}

/** Run on the page as it came and again on whatever htmx puts into it. */
function onContent(handler) {
  handler(document);
  document.addEventListener("htmx:afterSettle", (event) => handler(event.target));
}

/** Call back when children come or go. */
function onChildren(element, handler) {
  if (element) new MutationObserver(handler).observe(element, { childList: true });
}

/* What CSS can't know alone: how high the sticky head is, which tab is in sight, where a menu goes in older browsers. */

const watcher = new ResizeObserver(([entry]) => {
  const height = entry.borderBoxSize[0].blockSize;
  root.style.setProperty("--page-top", `${height}px`);
});

onContent(() => {
  watcher.disconnect();
  const head = one(".page-top, .rec-head");
  if (head) watcher.observe(head);
  for (const tab of all(":is(.stage-tabs, .way, .settings > nav, .ctabs) [aria-current]")) {
    tab.scrollIntoView({ inline: "center", block: "nearest", behavior: "instant" });
  }
});

on("click", ".menu li :is(a, button)", (event, item) => item.closest("[popover]").hidePopover());

document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (menu.id === "row-menu" && event.newState === "closed") menu.replaceChildren();
    if (event.newState !== "open" || !menu.matches(".menu") || CSS.supports("position-area", "bottom")) return;
    const buttons = `[popovertarget="${menu.id}"]`;
    const button = (one(`${buttons}:focus`) ?? one(buttons)).getBoundingClientRect();
    menu.style.margin = "0";
    menu.style.top = `${Math.min(button.bottom + 5, innerHeight - menu.offsetHeight - 8)}px`;
    menu.style.left = `${Math.max(8, Math.min(button.left, innerWidth - menu.offsetWidth - 8))}px`;
  },
  true,
);

/* A page that is left at once never shows its transition; that is no error. */
for (const type of ["pageswap", "pagereveal"]) {
  addEventListener(type, ({ viewTransition }) => {
    for (const step of [viewTransition?.ready, viewTransition?.finished]) step?.catch(() => {});
  });
}

/* A poll waits while nobody looks, something is dragged or a dialog is open. */
document.addEventListener("htmx:beforeRequest", (event) => {
  const isPoll = event.detail.elt.getAttribute("hx-trigger")?.startsWith("every");
  if (isPoll && (document.hidden || one(".dragging, .saving, dialog[open]"))) event.preventDefault();
});

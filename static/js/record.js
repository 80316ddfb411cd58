/* A record's page: facts edited in place, parts that stay folded, buttons that do a second thing. */

on("keydown", ".in-place", (event, form) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") {
    htmx.process(form); // who is quick presses before htmx has looked at what it brought
    one("[data-cancel]", form).click();
  } else if (event.key === "Enter" && event.target.matches("select, [type=date]")) form.requestSubmit();
  else return;
  event.preventDefault();
});

/* The server reads the cookie and draws the next page of the kind with the same parts folded. */
document.addEventListener(
  "toggle",
  (event) => {
    const { fold } = event.target.dataset;
    const page = fold && event.target.closest("[data-folds]");
    if (!page) return;
    const { folds, record } = page.dataset;
    const before = document.cookie.split("; ").find((cookie) => cookie.startsWith(`${folds}=`)) ?? "";
    const names = new Set(before.slice(folds.length + 1).split(".").filter(Boolean));
    names[event.target.open ? "delete" : "add"](`${record}-${fold}`);
    document.cookie = `${folds}=${[...names].join(".")};path=/;max-age=31536000;samesite=lax`;
  },
  true,
);

on("click", "[data-also]", (event, link) => one(link.dataset.also)?.click());

/* Without TLS a browser gives no clipboard. */
onContent((content) => navigator.clipboard || all("[data-copy]", content).forEach((button) => button.closest("li").remove()));

on("click", "[data-copy]", async (event, button) => {
  await navigator.clipboard.writeText(new URL(button.dataset.copy, location));
  toasts.append(Object.assign(document.createElement("div"), { className: "toast", textContent: button.dataset.copied }));
});

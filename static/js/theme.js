/* The theme changes at once; the server is told so that the next page comes in it. Works as a plain form as well. */

function isDark() {
  if (root.dataset.theme === "dark") return true;
  return root.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches;
}

on("submit", "[data-theme-switch]", (event, form) => {
  const button = event.submitter;
  if (button.dataset.toggle !== undefined) button.value = isDark() ? "light" : "dark";
  event.preventDefault();
  root.dataset.theme = button.value;
  for (const choice of all("[data-theme-switch] [aria-pressed]")) choice.ariaPressed = choice.value === button.value;
  fetch(form.action, { method: "POST", body: new FormData(form, button), redirect: "manual" });
});

/* Forms: filters send themselves, formsets grow, the first wrong field gets the focus. */

on("change", "form[data-autosubmit]", (event, form) => {
  // text fields send themselves with Enter, and what stands in a popover waits for its button
  if (event.target.matches("select, [type=checkbox], [type=radio], [type=date]") && !event.target.closest("[popover]")) form.requestSubmit();
});

on("click", "[data-add-row]", (event, button) => {
  const rows = button.closest("[data-rows]");
  const total = one("[name$=TOTAL_FORMS]", rows);
  const row = one("template", rows).innerHTML.replaceAll("__prefix__", total.value);
  button.insertAdjacentHTML("beforebegin", row);
  total.value = Number(total.value) + 1;
  one(":is(input, select, textarea):not([type=hidden])", button.previousElementSibling)?.focus();
});

onContent((place) => one("[aria-invalid=true]", place)?.focus());

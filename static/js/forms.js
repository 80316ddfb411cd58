/* Forms: filters send themselves, formsets grow, the values of a merge follow who is kept, the first wrong field gets the focus. */

on("change", "form[data-autosubmit]", (event, form) => {
  // text fields send themselves with Enter, and what stands in a popover waits for its button
  if (event.target.matches("select, [type=checkbox], [type=radio], [type=date]") && !event.target.closest("[popover]")) form.requestSubmit();
});

on("click", "[data-add-row]", (event, button) => {
  const rows = button.closest("[data-rows]");
  const total = one("[name$=TOTAL_FORMS]", rows);
  const row = one("template", rows).innerHTML.replaceAll("__prefix__", total.value);
  button.insertAdjacentHTML("beforebegin", row);
  htmx.process(button.previousElementSibling);
  total.value = Number(total.value) + 1;
  one(":is(input, select, textarea):not([type=hidden])", button.previousElementSibling)?.focus();
});

on("click", "[data-best-for]", (event, input) => input.closest(".line").setAttribute("data-picked", ""));
on("change", "[name=master]", (event, input) => {
  for (const best of all(`.line:not([data-picked]) [data-best-for~="${input.value}"]`)) best.checked = true;
});

onContent((place) => one("[aria-invalid=true]", place)?.focus());

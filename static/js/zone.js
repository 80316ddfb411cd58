/* A new workspace starts in the browser's own time zone, which the server can't know. */

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const select of all("[data-guess-zone]")) {
  if ([...select.options].some((option) => option.value === browserZone)) select.value = browserZone;
}

/* A dialog that arrives in #dialog-slot opens by itself; when it goes, the focus returns to what opened it. */

const slot = one("#dialog-slot");
let opener = null;

function returnFocus() {
  const again = (opener.id && document.getElementById(opener.id)) || (opener.isConnected && opener) || one("#main");
  const menu = again.closest("[popover]"); // closed by now: its button stands for what was in it
  opener = null;
  ((menu && one(`[popovertarget="${menu.id}"]`)) || again).focus();
}

onChildren(slot, () => {
  const dialog = one("dialog[data-autoshow]:not([open])", slot);
  if (dialog) {
    opener ??= document.activeElement;
    dialog.showModal();
  } else if (opener && !one("dialog", slot)) {
    returnFocus();
  }
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target === slot) opener ??= event.detail.elt;
});
document.addEventListener("close", (event) => slot?.contains(event.target) && slot.replaceChildren(), true);
// A select keeps Enter to itself; here it sends, as in every other field.
on("keydown", "dialog select", (event, { form }) => event.key === "Enter" && form.requestSubmit());

// <button data-dialog="#id"> opens a dialog of the page; [data-close] closes what it stands in.
// On a link it replaces the page that asks the same question without a script.
document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-dialog]');
  const dialog = opener && document.querySelector(opener.dataset.dialog);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const closer = event.target.closest('[data-close]');
  if (closer) (closer.closest('dialog')?.close() ?? closer.closest('.toast, .banner')?.remove());
});
for (const button of document.querySelectorAll('.said [data-close]')) button.hidden = false;

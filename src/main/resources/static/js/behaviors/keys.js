// "/" goes to the filter of the page.
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, textarea, select, [contenteditable]')) return;
  const filter = document.querySelector('input[type=search]');
  if (filter) { event.preventDefault(); filter.focus(); }
});

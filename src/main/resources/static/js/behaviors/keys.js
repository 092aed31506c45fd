// "/" and Ctrl K go to the box that finds everything, else to the filter of the page.
document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input, textarea, select, [contenteditable]');
  const control = event.ctrlKey || event.metaKey;
  if (event.altKey || !(event.key === '/' && !control && !typing || event.key === 'k' && control && !event.target.closest('.cm-editor'))) return;
  const filter = document.querySelector('input[type=search]');
  if (filter) { event.preventDefault(); filter.focus(); filter.select(); }
});

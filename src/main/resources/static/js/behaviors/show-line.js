// <a data-show-line data-line="12"> puts the cursor of the page's editor on that line.
document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-show-line]');
  const area = link && document.querySelector('[data-editor][data-ready]');
  if (!area) return;
  event.preventDefault();
  area.dispatchEvent(new CustomEvent('sw:show', { detail: { line: Number(link.dataset.line), column: 1 } }));
});

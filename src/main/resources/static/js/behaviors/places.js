// <a data-place="AREA" data-line data-column data-end-line data-end-column> marks the place in the text area;
// with data-text it writes that there.
const offset = (text, line, column) => {
  const lines = text.split('\n');
  const before = lines.slice(0, Math.max(line - 1, 0)).reduce((sum, each) => sum + each.length + 1, 0);
  return Math.min(before + column - 1, text.length);
};
document.addEventListener('click', (event) => {
  const mark = event.target.closest('[data-place]');
  const area = mark && document.getElementById(mark.dataset.place);
  if (!area) return;
  event.preventDefault();
  const { line, column, endLine, endColumn, text } = mark.dataset;
  const from = offset(area.value, Number(line), Number(column));
  const to = Math.max(from, offset(area.value, Number(endLine), Number(endColumn)));
  area.focus();
  area.setSelectionRange(from, to);
  if (text === undefined) return;
  area.setRangeText(text, from, to, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
});

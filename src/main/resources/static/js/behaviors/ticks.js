// What was ticked in a list, and what was unfolded, stays so when it is drawn again.
const ticks = () => document.querySelectorAll('input.tick');
let kept = new Set();
let unfolded = false;
document.addEventListener('change', (event) => {
  if (event.target.matches?.('input.tick')) kept = new Set([...ticks()].filter((one) => one.checked).map((one) => one.id));
});
document.addEventListener('toggle', (event) => {
  if (event.target.matches?.('details.more')) unfolded = event.target.open;
}, true);
document.addEventListener('htmx:oobAfterSwap', () => {
  for (const one of ticks()) one.checked = kept.has(one.id);
  const more = document.querySelector('details.more');
  if (more && unfolded) more.open = true;
});

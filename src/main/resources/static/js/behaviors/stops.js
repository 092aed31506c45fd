// "n" and "p" go to the next and the previous change of a page: whatever has data-stop.
document.addEventListener('keydown', (event) => {
  if (!['n', 'p'].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, textarea, select, [contenteditable]')) return;
  const stops = [...document.querySelectorAll('[data-stop]')];
  if (!stops.length) return;
  event.preventDefault();
  const now = stops.findIndex((stop) => stop.hasAttribute('data-stopped'));
  const next = now < 0 ? (event.key === 'n' ? 0 : stops.length - 1) : now + (event.key === 'n' ? 1 : -1);
  const stop = stops[Math.min(Math.max(next, 0), stops.length - 1)];
  stops[now]?.removeAttribute('data-stopped');
  stop.setAttribute('data-stopped', '');
  if (stop.id) history.replaceState(null, '', `#${encodeURIComponent(stop.id)}`);
  stop.scrollIntoView({ block: 'center' });
  const target = stop.querySelector('summary, a') ?? stop;
  target.focus({ preventScroll: true });
});

// Draws <canvas data-src> with Chart.js from JSON; colours are the page's tokens, read again when light turns dark.
const charts = new Map();
const colour = (name) => {
  // light-dark() is resolved by the browser only in a property, not in the value of a variable.
  const element = document.body.appendChild(document.createElement('i'));
  element.style.color = `var(${name})`;
  const value = getComputedStyle(element).color;
  element.remove();
  return value;
};
const options = (data, canvas) => ({
  responsive: true, maintainAspectRatio: false, animation: false, normalized: true,
  interaction: { mode: 'index', intersect: false },
  plugins: { legend: { display: false }, tooltip: { callbacks: { label: (at) => `${at.dataset.label}: ${at.formattedValue} ${data.unit}` } } },
  scales: {
    x: { stacked: true, grid: { display: false }, border: { color: colour('--edge') }, ticks: { color: colour('--ink-3'), autoSkipPadding: 16, maxRotation: 0 } },
    y: { stacked: data.type === 'bar', beginAtZero: true, border: { display: false }, grid: { color: colour('--line') }, ticks: { color: colour('--ink-3'), maxTicksLimit: 6 } },
  },
  onHover: (event, hits) => { canvas.style.cursor = hits.length && (data.hrefs.length || data.datasets.some((d) => d.href)) ? 'pointer' : ''; },
  onClick: (event, hits, chart) => {
    const [hit] = chart.getElementsAtEventForMode(event, 'nearest', { intersect: true }, false);
    const href = (hit && data.datasets[hit.datasetIndex].href) || (hits[0] && data.hrefs[hits[0].index]);
    if (href) location.assign(href);
  },
});
const paint = (canvas, data) => {
  charts.get(canvas)?.destroy();
  charts.set(canvas, new Chart(canvas, {
    type: data.type,
    data: { labels: data.labels, datasets: data.datasets.map((set) => ({
      label: set.label, data: set.data, backgroundColor: colour(`--c${set.colour}`), borderColor: colour(`--c${set.colour}`),
      borderWidth: data.type === 'line' ? 1.5 : 0, pointRadius: set.data.filter((value) => value !== null).length === 1 ? 3 : 0, spanGaps: false, categoryPercentage: .9, barPercentage: .9,
    })) },
    options: options(data, canvas),
  }));
};
const draw = async (canvas) => {
  const answer = await fetch(canvas.dataset.src, { headers: { Accept: 'application/json' } });
  if (!answer.ok) return;
  const data = await answer.json();
  if ('hideEmpty' in canvas.dataset && data.datasets.every((set) => set.data.every((value) => value === null))) {
    canvas.closest('figure').hidden = true;
    return;
  }
  const again = () => paint(canvas, data);
  again();
  document.body.addEventListener('sw:theme', again);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
};
addEventListener('DOMContentLoaded', () => { if (window.Chart) document.querySelectorAll('canvas[data-src]').forEach(draw); });

// Keeps "2 min ago" true while a page stays open.
const words = document.getElementById('words')?.dataset;
const span = (s) => s < 60 ? `${s} s` : s < 3600 ? `${Math.floor(s / 60)} min` : `${Math.floor(s / 3600)} h`;
setInterval(() => {
  if (document.hidden || !words) return;
  for (const time of document.querySelectorAll('time[data-ago]')) {
    const s = Math.floor((Date.now() - Date.parse(time.dateTime)) / 1000);
    if (s < 86400) time.textContent = s < 1 ? words.now : words.ago.replace('%s', span(s));
  }
}, 10_000);

// The one poll of a page: the element with data-tick="4s" asks (hx-trigger="sw:tick from:body") that
// often while the page is seen. The server leaves data-tick out when nothing is in transition.
// A page that begins with what was just done asks every other second for a minute.
const seconds = (tick) => Number.parseFloat(tick) * (tick.endsWith('m') ? 60 : 1);
let last = Date.now();
const until = document.querySelector('.banner.said') ? last + 60_000 : 0;
const pace = (tick) => Math.min(seconds(tick), Date.now() < until ? 2 : Infinity);
const tick = () => {
  const element = document.querySelector('[data-tick]');
  if (!element || document.hidden) return;
  if (Date.now() - last >= pace(element.dataset.tick) * 1000) {
    last = Date.now();
    document.body.dispatchEvent(new CustomEvent('sw:tick'));
  }
};
setInterval(tick, 1000);
document.addEventListener('visibilitychange', tick);

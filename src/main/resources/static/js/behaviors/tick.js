// The one poll of a page: the element with data-tick="4s" asks (hx-trigger="sw:tick from:body") that
// often while the page is seen. The server leaves data-tick out when nothing is in transition.
const seconds = (tick) => Number.parseFloat(tick) * (tick.endsWith('m') ? 60 : 1);
let last = Date.now();
const tick = () => {
  const element = document.querySelector('[data-tick]');
  if (!element || document.hidden) return;
  if (Date.now() - last >= seconds(element.dataset.tick) * 1000) {
    last = Date.now();
    document.body.dispatchEvent(new CustomEvent('sw:tick'));
  }
};
setInterval(tick, 1000);
document.addEventListener('visibilitychange', tick);

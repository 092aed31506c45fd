// What every request of htmx carries, and what happens when one goes wrong.
document.addEventListener('htmx:configRequest', (event) => {
  const token = document.querySelector('meta[name=csrf]');
  if (token && event.detail.verb !== 'get') event.detail.headers[token.dataset.header] = token.content;
  if (event.detail.elt.hasAttribute('data-tick')) event.detail.headers['X-Poll'] = '1';
});

const failed = (reference) => {
  const words = document.getElementById('words').dataset;
  document.body.dispatchEvent(new CustomEvent('sw:toast', { detail: {
    tone: 'bad', text: reference ? `${words.failed} ${words.reference} ${reference}` : words.failed } }));
};
// A poll that fails is not worth a word: the age of the page says it, and the next one comes.
const isPoll = (event) => event.detail.elt?.hasAttribute?.('data-tick');
document.addEventListener('htmx:responseError', (event) => {
  const answer = event.detail.xhr;
  if (answer.status === 401) document.getElementById('signed-out').hidden = false;
  else if (!isPoll(event)) failed(answer.getResponseHeader('X-Request-Id'));
});
document.addEventListener('htmx:sendError', (event) => { if (!isPoll(event)) failed(); });
document.addEventListener('htmx:timeout', (event) => { if (!isPoll(event)) failed(); });

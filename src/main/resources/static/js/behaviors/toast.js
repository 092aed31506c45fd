// sw:toast {tone, text, href, link}: success goes after six seconds, failure stays until closed.
document.body.addEventListener('sw:toast', (event) => {
  const { tone = 'ok', text, href, link } = event.detail;
  const toast = document.getElementById('toast').content.firstElementChild.cloneNode(true);
  const bad = tone === 'bad';
  toast.querySelector(bad ? '[data-ok]' : '[data-bad]').remove();
  const line = toast.querySelector('p');
  line.textContent = text;
  if (href) {
    const a = document.createElement('a');
    a.href = href;
    a.textContent = link;
    line.append(' ', a);
  }
  document.getElementById('toasts').append(toast);
  if (bad) document.getElementById('alerts').textContent = text;
  else setTimeout(() => toast.remove(), 6000);
});

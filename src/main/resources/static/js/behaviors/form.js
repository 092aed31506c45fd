// A form is sent once: its buttons rest until the answer or the next page is there.
addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post' || event.defaultPrevented || form.hasAttribute('hx-post')) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = 'yes';
});
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

// A filter whose fields change is asked for at once; the button stays for those without a script.
document.addEventListener('change', (event) => {
  const form = event.target.closest('form[data-filter]');
  if (form && event.target.matches('select, input[type=checkbox], input[type=radio]')) form.requestSubmit();
});

// The summary of what is wrong is read and seen first.
document.querySelector('.errsum')?.focus();

// <button data-copy="text"> or <button data-copy="#id"> puts it on the clipboard and says so.
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const wanted = button.dataset.copy;
  const source = wanted.startsWith('#') ? document.querySelector(wanted) : null;
  try {
    await navigator.clipboard.writeText(source ? source.value ?? source.innerText : wanted);
  } catch {
    return;
  }
  const before = button.innerHTML;
  button.textContent = document.getElementById('words').dataset.copied;
  setTimeout(() => { button.innerHTML = before; }, 1500);
});
for (const button of document.querySelectorAll('[data-copy][hidden]')) button.hidden = false;

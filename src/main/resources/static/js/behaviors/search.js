// The box in the top bar lists what it finds while somebody types; without a script it is a form.
const box = document.querySelector('.find input');
const list = document.getElementById('hints');
if (box && list) {
  let asked = '';
  let timer = 0;
  const options = () => [...list.querySelectorAll('[data-href]')];
  const chosen = () => list.querySelector('[aria-selected=true]');
  const choose = (option) => {
    for (const each of options()) each.setAttribute('aria-selected', String(each === option));
    if (option) { box.setAttribute('aria-activedescendant', option.id); option.scrollIntoView({ block: 'nearest' }); }
    else box.removeAttribute('aria-activedescendant');
  };
  const show = (open) => {
    list.hidden = !open;
    box.setAttribute('aria-expanded', String(open));
    if (!open) choose(null);
  };
  const look = async () => {
    const text = box.value.trim();
    asked = text;
    if (text.length < 2) { show(false); return; }
    const answer = await fetch(`${list.dataset.from}?q=${encodeURIComponent(text)}`).catch(() => null);
    if (!answer?.ok || asked !== text || document.activeElement !== box) return;
    list.innerHTML = await answer.text();
    show(true);
  };
  box.setAttribute('role', 'combobox');
  box.setAttribute('aria-controls', 'hints');
  box.setAttribute('aria-autocomplete', 'list');
  box.setAttribute('aria-expanded', 'false');
  box.setAttribute('autocomplete', 'off');
  box.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(look, 150); });
  box.addEventListener('blur', () => setTimeout(() => show(false), 150));
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) { event.preventDefault(); show(false); return; }
    if (event.key === 'Enter' && chosen()) { event.preventDefault(); location.assign(chosen().dataset.href); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = options();
    if (!step || list.hidden || !all.length) return;
    event.preventDefault();
    const at = all.indexOf(chosen());
    choose(all[(at + step + all.length + (at < 0 && step < 0 ? 1 : 0)) % all.length]);
  });
  list.addEventListener('mousedown', (event) => {
    const option = event.target.closest('[data-href]');
    if (option) { event.preventDefault(); location.assign(option.dataset.href); }
  });
}

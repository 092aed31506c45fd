// Switches between light and dark without a request, and tells the server what zone to write times in.
const cookie = (name, value) => {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
};
document.addEventListener('submit', (event) => {
  if (!event.target.matches('[data-theme-switch]')) return;
  event.preventDefault();
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  cookie('stackwright-theme', root.dataset.theme);
  document.body.dispatchEvent(new CustomEvent('sw:theme'));
});
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.includes(`stackwright-zone=${encodeURIComponent(zone)}`)) cookie('stackwright-zone', zone);

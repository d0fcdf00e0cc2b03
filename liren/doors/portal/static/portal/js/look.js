// Large type, high contrast, night: switched without loading the page anew, so that nothing typed is lost. The cookie is
// the same that the server writes when there is no script.
const NAMES = { large: 'size', more: 'contrast', dark: 'theme' };
const root = document.documentElement;

function remember() {
  const on = Object.keys(NAMES).filter((look) => root.dataset[NAMES[look]] === look);
  document.cookie = `liren_look=${on.join('.')}; path=/p/; max-age=31536000; samesite=lax`;
}

document.addEventListener('submit', (event) => {
  const look = event.target.dataset.look;
  if (!look) return;
  event.preventDefault();
  delete event.target.dataset.sent;
  const name = NAMES[look];
  const on = root.dataset[name] !== look;
  if (on) root.dataset[name] = look;
  else delete root.dataset[name];
  document.querySelectorAll(`form[data-look=${look}] button`).forEach((button) => {
    button.setAttribute('aria-pressed', String(on));
    button.removeAttribute('aria-busy');
  });
  remember();
});

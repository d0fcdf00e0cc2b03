// Display preferences (显示设置): large type, high contrast, night. Buttons carry data-pref="size:large".
import { write } from './store.js';

const root = document.documentElement;
const parts = (button) => button.dataset.pref.split(':');

function sync(within = document) {
  within.querySelectorAll('[data-pref]').forEach((button) => {
    const [name, value] = parts(button);
    button.setAttribute('aria-pressed', String(root.dataset[name] === value));
  });
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-pref]');
  if (!button) return;
  const [name, value] = parts(button);
  const on = root.dataset[name] !== value;
  if (on) root.dataset[name] = value;
  else delete root.dataset[name];
  write('liren.' + name, on ? value : null);
  sync();
});

document.addEventListener('htmx:load', (event) => sync(event.target));
sync();

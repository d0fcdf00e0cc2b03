// Toasts (提示): what was done, with 撤销 where it can be taken back. From the page, from HX-Trigger, from modules.
import { token } from './htmx.js';

const SHORT = 5000;
const LONG = 10000;

function box() {
  let found = document.querySelector('.toasts');
  if (!found) {
    found = document.createElement('div');
    found.className = 'toasts';
    found.setAttribute('role', 'status');
    document.body.append(found);
  }
  return found;
}

function icon(name) {
  const sprite = document.querySelector('meta[name=liren-sprite]')?.content;
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  svg.setAttribute('class', 'i');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `${sprite}#i-${name}`);
  svg.append(use);
  return svg;
}

// Waits while the mouse rests on it or the focus is inside.
function leave(toast) {
  const long = toast.querySelector('button, a') !== null;
  const bye = () => (toast.matches(':hover, :focus-within') ? setTimeout(bye, 1500) : toast.remove());
  setTimeout(bye, long ? LONG : SHORT);
}

function undoForm(url) {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = url;
  const field = document.createElement('input');
  Object.assign(field, { type: 'hidden', name: 'csrfmiddlewaretoken', value: token() });
  const button = Object.assign(document.createElement('button'), { textContent: '撤销' });
  form.append(field, button);
  return form;
}

export function toast(text, { undo = null, bad = false } = {}) {
  const element = document.createElement('div');
  element.className = 'toast' + (bad ? ' bad' : '');
  const words = document.createElement('span');
  words.textContent = text;
  element.append(icon(bad ? 'alert-triangle' : 'circle-check'), words);
  if (typeof undo === 'string') element.append(undoForm(undo));
  if (typeof undo === 'function') {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: '撤销' });
    button.addEventListener('click', () => {
      undo();
      element.remove();
    });
    element.append(button);
  }
  box().append(element);
  leave(element);
}

document.addEventListener('toast', (event) => toast(event.detail.text, event.detail));
document.addEventListener('click', (event) => {
  const said = event.target.closest('[data-toast]');
  if (said) toast(said.dataset.toast, { undo: 'undo' in said.dataset ? () => toast('已恢复原样') : null });
});
document.querySelectorAll('.toasts .toast').forEach(leave);

// Drafts (草稿): forms with data-draft="key" are kept on this device while one types, and filled again after an
// interruption. Passwords, files and fields marked data-private (ID numbers, phones) are never written down.
import { keys, read, write } from './store.js';

const WEEK = 7 * 24 * 3600 * 1000;
const PREFIX = 'liren.draft.';
const owner = document.querySelector('meta[name=liren-user]')?.content ?? '';
const keyOf = (form) => `${PREFIX}${owner}.${form.dataset.draft}`;
const kept = (field) =>
  field.name && !['password', 'file', 'hidden', 'submit', 'button'].includes(field.type) && !('private' in field.dataset);
const clock = (at) => new Date(at).toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false });

function load(key) {
  try {
    const draft = JSON.parse(read(key) ?? 'null');
    return draft && Date.now() - draft.at < WEEK ? draft : null;
  } catch {
    return null;
  }
}

function say(form, text) {
  const place = form.querySelector('[data-draft-said]');
  if (place) place.textContent = text;
}

function save(form) {
  const values = [...form.elements].filter(kept).map((field) => {
    const ticked = ['checkbox', 'radio'].includes(field.type) ? field.checked : null;
    return [field.name, field.value, ticked];
  });
  const at = Date.now();
  if (write(keyOf(form), JSON.stringify({ at, values }))) say(form, `草稿已存在本机 ${clock(at)}`);
}

function fill(form, draft) {
  for (const [name, value, ticked] of draft.values) {
    for (const field of [...form.elements].filter((one) => one.name === name && kept(one))) {
      if (ticked === null) field.value = value;
      else if (field.value === value) field.checked = ticked;
    }
  }
  say(form, `接着 ${clock(draft.at)} 的草稿`);
}

function forget(key) {
  write(key, null);
}

// What was sent is needed no more once an answer came: a form with mistakes holds the words itself. Who comes back or
// loads again, because no answer came, still wants them; so does who was sent to the sign-in page (nobody is known
// there) because the session had ended.
function settle() {
  const again = ['back_forward', 'reload'].includes(performance.getEntriesByType('navigation')[0]?.type);
  for (const key of keys(PREFIX)) {
    const draft = load(key);
    if (draft?.sent && !owner) write(key, JSON.stringify({ ...draft, sent: false }));
    else if (!draft || (draft.sent && !again)) forget(key);
  }
}

function begin(within) {
  within.querySelectorAll?.('form[data-draft]').forEach((form) => {
    const draft = load(keyOf(form));
    if (draft && !form.querySelector('[aria-invalid=true]')) fill(form, draft);
  });
}

const waiting = new Map();

function saveNow(form) {
  clearTimeout(waiting.get(form));
  if (waiting.delete(form)) save(form);
}

document.addEventListener('input', (event) => {
  const form = event.target.closest?.('form[data-draft]');
  if (!form) return;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => saveNow(form), 400));
});
// The lid closes, the page is left: nothing waits any longer.
addEventListener('pagehide', () => [...waiting.keys()].forEach(saveNow));
document.addEventListener('visibilitychange', () => [...waiting.keys()].forEach(saveNow));
document.addEventListener('submit', (event) => {
  const form = event.target.closest('form[data-draft]');
  if (!form) return;
  saveNow(form);
  const draft = load(keyOf(form));
  if (draft) write(keyOf(form), JSON.stringify({ ...draft, sent: true }));
});
document.addEventListener('click', (event) => {
  const drop = event.target.closest('[data-draft-drop]');
  if (drop) forget(keyOf(drop.closest('form')));
});

document.addEventListener('htmx:afterRequest', (event) => {
  const form = event.target.closest?.('form[data-draft]');
  if (form && event.detail.successful && event.detail.requestConfig.verb === 'post') forget(keyOf(form));
});

settle();
begin(document);
document.addEventListener('htmx:load', (event) => begin(event.target));

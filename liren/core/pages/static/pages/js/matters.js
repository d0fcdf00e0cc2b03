// Matters (事项): one letter makes the next step where nobody is typing, unless switched off among the preferences; lists of kinds are walked by arrows; a link is
// copied; what is looked for is picked by Enter.
const TYPING = 'input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open] *';

document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  if (document.documentElement.dataset.letters === 'off') return;
  if (event.target.closest?.(TYPING) || document.querySelector('dialog[open]')) return;
  // The page's own letters go before those of the bar at the top.
  const named = document.querySelectorAll(`[data-letter="${CSS.escape(event.key.toLowerCase())}"]`);
  const button = [...named].findLast((one) => !one.closest('[hidden]'));
  if (!button) return;
  event.preventDefault();
  button.focus();
  button.click();
});

// ↑ ↓ ← → walk from link to link.
document.addEventListener('keydown', (event) => {
  const list = event.target.closest?.('[data-walk]');
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!list || !step || event.isComposing) return;
  const links = [...list.querySelectorAll('a')];
  const next = links[links.indexOf(document.activeElement) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

// Enter in a field that finds picks the first that was found, and does not send the form.
document.addEventListener('keydown', (event) => {
  if (!event.target.matches?.('[data-find]') || event.key !== 'Enter' || event.isComposing) return;
  event.preventDefault();
  const found = document.querySelector(event.target.getAttribute('hx-target'));
  found?.querySelector('input[type=radio]')?.click();
});

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  let text = '复制好了，发给对方吧';
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    text = '已经选中，按 Ctrl C 复制';
  }
  document.dispatchEvent(new CustomEvent('toast', { detail: { text } }));
});

// The answer leads on to another page: what was typed has arrived, nothing is left behind.
document.addEventListener('htmx:beforeOnLoad', (event) => {
  const form = event.target.closest?.('form');
  if (form && event.detail.xhr.getResponseHeader('HX-Redirect')) form.dataset.sent = '1';
});

// Files chosen in a row of buttons are said beside it.
document.addEventListener('change', (event) => {
  if (event.target.type !== 'file' || !event.target.closest('.drop-in')) return;
  const said = event.target.form.querySelector('[data-files]');
  if (said) said.textContent = [...event.target.files].map((file) => file.name).join('、');
});

// A picture pasted into what is being written goes with it.
document.addEventListener('paste', (event) => {
  const input = event.target.closest?.('form')?.querySelector('.drop-in input[type=file]');
  if (!input || !event.clipboardData?.files.length) return;
  const chosen = new DataTransfer();
  [...input.files, ...event.clipboardData.files].forEach((file) => chosen.items.add(file));
  input.files = chosen.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
});

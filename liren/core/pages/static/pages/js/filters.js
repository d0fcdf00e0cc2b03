// Filters and lists (筛选、列表). data-live: a form that searches while one types, never in the middle of an input
// method's word. data-all: tick the whole page. .bulk[data-bulk]: the bar that rises when rows are ticked.
const WAIT = 220;
const waiting = new WeakMap();

function soon(form) {
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => form.requestSubmit(), WAIT));
}

document.addEventListener('input', (event) => {
  const form = event.target.closest?.('form[data-live]');
  if (form && !event.isComposing && !event.target.matches('[data-not-live]')) soon(form);
});
document.addEventListener('compositionend', (event) => {
  const form = event.target.closest?.('form[data-live]');
  if (form) soon(form);
});

function count(table) {
  const bar = document.querySelector('.bulk[data-bulk]');
  if (!bar) return;
  const ticked = table.querySelectorAll('tbody td > input[type=checkbox]:checked').length;
  bar.hidden = ticked === 0;
  const said = bar.querySelector('[data-count]');
  if (said) said.textContent = String(ticked);
}

document.addEventListener('change', (event) => {
  const box = event.target;
  const table = box.closest?.('table');
  if (!table || box.type !== 'checkbox') return;
  if (box.matches('[data-all]')) {
    table.querySelectorAll('tbody td > input[type=checkbox]').forEach((one) => {
      one.checked = box.checked;
    });
  }
  count(table);
});

// With Shift everything between the last tick and this one; all ticks taken back; ticks that the browser kept.
let last = null;
document.addEventListener('click', (event) => {
  const box = event.target;
  if (!box.matches?.('tbody td > input[type=checkbox]')) return;
  if (event.shiftKey && last?.isConnected) {
    const boxes = [...box.closest('tbody').querySelectorAll('td > input[type=checkbox]')];
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
    if (from >= 0) boxes.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
  }
  last = box;
});
document.addEventListener('reset', (event) => {
  const table = event.target.querySelector?.('table');
  if (table) setTimeout(() => count(table));
});
window.addEventListener('pageshow', () => {
  const table = document.querySelector('.bulk[data-bulk]')?.closest('form')?.querySelector('table');
  if (table) count(table);
});

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print();
});

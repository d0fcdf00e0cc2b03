// The palette (快速查找), Ctrl+K: people, homes, pages. The server answers with groups of options; ↑ ↓ choose,
// Enter opens. The Enter of an input method is not a choice.
const WAIT = 120;
const dialog = document.querySelector('dialog.palette');
const input = dialog?.querySelector('input');
const list = dialog?.querySelector('[role=listbox]');
const said = dialog?.querySelector('[role=status]');
let timer = 0;
let asking = null;

const options = () => [...list.querySelectorAll('[role=option]')];

function pick(option) {
  options().forEach((one) => one.setAttribute('aria-selected', String(one === option)));
  if (option) input.setAttribute('aria-activedescendant', option.id);
  else input.removeAttribute('aria-activedescendant');
  option?.scrollIntoView({ block: 'nearest' });
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const address = `${dialog.dataset.src}?${new URLSearchParams({ q: input.value.trim() })}`;
  try {
    const answer = await fetch(address, { signal: asking.signal, headers: { 'HX-Request': 'true' } });
    if (answer.redirected) return location.assign(location.href);
    if (!answer.ok) throw new Error(String(answer.status));
    list.innerHTML = await answer.text();
    pick(options()[0]);
    said.textContent = options().length ? `${options().length} 条结果` : '没有找到';
  } catch (problem) {
    if (problem.name !== 'AbortError') said.textContent = '没连上，再试一次';
  } finally {
    list.setAttribute('aria-busy', 'false');
  }
}

function soon() {
  clearTimeout(timer);
  list.setAttribute('aria-busy', 'true');
  timer = setTimeout(ask, WAIT);
}

function open() {
  if (dialog.open) return;
  dialog.showModal();
  input.select();
  ask();
}

function walk(event) {
  if (event.isComposing) return;
  const all = options();
  const here = all.findIndex((one) => one.getAttribute('aria-selected') === 'true');
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && all.length) {
    event.preventDefault();
    pick(all[(here + step + all.length) % all.length]);
  }
  if (event.key === 'Enter') {
    event.preventDefault();
    all[here]?.click();
  }
}

if (dialog) {
  input.addEventListener('input', (event) => !event.isComposing && soon());
  input.addEventListener('compositionend', soon);
  input.addEventListener('keydown', walk);
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener('click', (event) => {
    if (!event.target.closest('[data-palette]') || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open();
  });
}

// Alt+N: the page's own "new" link.
document.addEventListener('keydown', (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.code !== 'KeyN') return;
  const link = document.querySelector('a[data-new]');
  if (link) {
    event.preventDefault();
    link.click();
  }
});

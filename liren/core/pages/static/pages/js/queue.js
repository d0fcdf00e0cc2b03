// The queue (今日队列): while the focus is inside, ↑ and ↓ change the row, Enter opens. No single letters.
document.addEventListener('keydown', (event) => {
  const queue = event.target.closest?.('.queue');
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!queue || !step || event.isComposing) return;
  const links = [...queue.querySelectorAll('.what > a')];
  const here = links.indexOf(event.target.closest('li')?.querySelector('.what > a'));
  const next = links[here + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

// A filled form (一表通): which cell one looks at, where it comes from, and what may be typed there.
// Click a cell or walk with the arrows; `data-cells` is the region, `data-cell-said` the box below that tells.
const cellsOf = (region) => [...region.querySelectorAll('td[data-why]')];

function near(cells, from, key) {
  const at = from.getBoundingClientRect();
  const beyond = {
    ArrowRight: (r) => r.left >= at.right - 1 && Math.abs(r.top - at.top) < at.height,
    ArrowLeft: (r) => r.right <= at.left + 1 && Math.abs(r.top - at.top) < at.height,
    ArrowDown: (r) => r.top >= at.bottom - 1,
    ArrowUp: (r) => r.bottom <= at.top + 1,
  }[key];
  const far = (r) => Math.abs(r.left - at.left) + 3 * Math.abs(r.top - at.top);
  return cells
    .map((cell) => [cell, cell.getBoundingClientRect()])
    .filter(([, rect]) => beyond(rect))
    .sort(([, a], [, b]) => far(a) - far(b))[0]?.[0];
}

function show(region, cell) {
  region.querySelectorAll('td.now').forEach((one) => one.classList.remove('now'));
  cell.classList.add('now');
  cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const box = document.getElementById(region.dataset.cells);
  if (!box) return;
  box.hidden = false;
  box.querySelector('[data-cell-why]').textContent = [cell.dataset.label, cell.dataset.why].filter(Boolean).join('：');
  const form = box.querySelector('form');
  if (!form) return;
  form.hidden = !cell.dataset.place;
  form.elements.place.value = cell.dataset.place || '';
  form.elements.asked.value = cell.dataset.asked || '';
  form.elements.value.value = cell.dataset.typed || '';
}

document.addEventListener('click', (event) => {
  const cell = event.target.closest('[data-cells] td[data-why]');
  if (cell) {
    show(cell.closest('[data-cells]'), cell);
    return;
  }
  const next = event.target.closest('[data-next-gap]');
  const region = next && document.getElementById(next.dataset.nextGap);
  if (!region) return;
  const gaps = cellsOf(region).filter((one) => one.matches('.missing, .blank, .doubtful, .unread'));
  const after = gaps.indexOf(region.querySelector('td.now')) + 1;
  if (gaps.length) show(region, gaps[after % gaps.length]);
});

document.addEventListener('keydown', (event) => {
  const region = event.target.closest?.('[data-cells]');
  if (!region || event.target !== region || !/^Arrow/.test(event.key)) return;
  const cells = cellsOf(region);
  const now = region.querySelector('td.now');
  const next = now ? near(cells, now, event.key) : cells[0];
  if (!next) return;
  event.preventDefault();
  show(region, next);
});

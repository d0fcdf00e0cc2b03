// The building chart (楼栋图): the four arrows walk between homes. Up and down keep to the column one sees,
// also where a floor has fewer rooms than the others.
const middle = (cell) => {
  const box = cell.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
};

function neighbour(cell, all, key) {
  const [x, y] = middle(cell);
  const sideways = key === 'ArrowLeft' || key === 'ArrowRight';
  const sign = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
  const scored = all
    .filter((other) => other !== cell)
    .map((other) => [other, ...middle(other)])
    .filter(([, ox, oy]) => (sideways ? sign * (ox - x) : sign * (oy - y)) > 4)
    .map(([other, ox, oy]) => [other, Math.abs(ox - x) * (sideways ? 1 : 3) + Math.abs(oy - y) * (sideways ? 9 : 1)]);
  return scored.sort((a, b) => a[1] - b[1])[0]?.[0];
}

document.addEventListener('keydown', (event) => {
  const cell = event.target.closest?.('.bldg a.cell');
  if (!cell || !['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].includes(event.key)) return;
  const next = neighbour(cell, [...cell.closest('.bldg').querySelectorAll('a.cell')], event.key);
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

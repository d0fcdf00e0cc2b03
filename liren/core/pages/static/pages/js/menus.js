// Menus (菜单) are popovers: they open beside their button, upwards or to the left where there is no room.
const GAP = 4;
const EDGE = 8;

document.addEventListener(
  'toggle',
  (event) => {
    const menu = event.target;
    if (!menu.matches?.('.menu[popover]') || event.newState !== 'open') return;
    const button = document.querySelector(`[popovertarget="${menu.id}"]`)?.getBoundingClientRect();
    if (!button) return;
    const { offsetWidth: width, offsetHeight: height } = menu;
    const below = button.bottom + height + EDGE <= innerHeight;
    const left = Math.min(button.right - width, innerWidth - width - EDGE);
    menu.style.left = Math.max(EDGE, left) + 'px';
    menu.style.top = (below ? button.bottom + GAP : Math.max(EDGE, button.top - height - GAP)) + 'px';
  },
  true,
);

// ↑ and ↓ walk inside an open menu; the letters stay free for the input method.
document.addEventListener('keydown', (event) => {
  const menu = event.target.closest?.('.menu[popover]');
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!menu || !step || event.isComposing) return;
  const all = [...menu.querySelectorAll('a, button')];
  event.preventDefault();
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
});

// Tabs (页签) of one page: role=tab with data-tab="panel id"; ← and → walk between them.
const tabsOf = (list) => [...list.querySelectorAll('[role=tab]')];

function choose(tab) {
  tabsOf(tab.closest('[role=tablist]')).forEach((one) => {
    const on = one === tab;
    one.setAttribute('aria-selected', String(on));
    one.tabIndex = on ? 0 : -1;
    const panel = document.getElementById(one.dataset.tab);
    if (panel) panel.hidden = !on;
  });
}

document.addEventListener('click', (event) => {
  const tab = event.target.closest('[role=tab][data-tab]');
  if (tab) choose(tab);
});

document.addEventListener('keydown', (event) => {
  const tab = event.target.closest?.('[role=tab]');
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!tab || !step) return;
  const all = tabsOf(tab.closest('[role=tablist]'));
  const next = all[(all.indexOf(tab) + step + all.length) % all.length];
  event.preventDefault();
  next.focus();
  choose(next);
});

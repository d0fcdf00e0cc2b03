// Settings of htmx and what happens when it fails. The strict policy's settings stand in <meta name="htmx-config">.
export const token = () => document.querySelector('meta[name=liren-csrf]')?.content ?? '';

document.addEventListener('htmx:configRequest', (event) => {
  event.detail.headers['X-CSRFToken'] = token();
  // A part that asks again by itself is no sign of somebody sitting there: it must not keep the session alive.
  const { elt, triggeringEvent } = event.detail;
  if (!triggeringEvent && /\bevery\b/.test(elt.getAttribute('hx-trigger') ?? '')) event.detail.headers['X-Liren-Poll'] = '1';
});

function say(text) {
  document.dispatchEvent(new CustomEvent('toast', { detail: { text, bad: true } }));
}

document.addEventListener('htmx:sendError', () => say('没连上。您填的都还在，等一会儿再试一次'));
document.addEventListener('htmx:timeout', () => say('等了很久没有回音。您填的都还在，再试一次'));
document.addEventListener('htmx:responseError', (event) => {
  const answer = event.detail.xhr;
  // A refusal brings its own words in HX-Trigger; signed out means: go and sign in.
  if (answer.getResponseHeader('HX-Trigger')) return;
  if (answer.status === 403) say('这一步您现在做不了。可能是登录过期了，刷新页面再试');
  else if (answer.status === 404) say('没找到这一条。可能已经被移走，刷新页面看看');
  else say('没办成，台账里什么也没变。再试一次');
});

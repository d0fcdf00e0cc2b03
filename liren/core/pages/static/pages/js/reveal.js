// Reveal (查看): the eye beside a masked value asks for the reason, shows the value for a minute, then masks again.
// The server writes the trace and answers {"value": "…", "seconds": 60} or {"error": "…"}.
import { token } from './htmx.js';
import { toast } from './toasts.js';

let eye = null;

function hide(place, masked) {
  place.classList.remove('shown');
  place.querySelector('[data-value]').textContent = masked;
  place.querySelector('small')?.remove();
  place.querySelector('[data-reveal]').hidden = false;
}

function show(button, value, seconds) {
  const place = button.closest('.masked');
  const text = place.querySelector('[data-value]');
  const masked = text.textContent;
  const left = document.createElement('small');
  text.textContent = value;
  place.classList.add('shown');
  place.append(left);
  button.hidden = true;
  const until = Date.now() + seconds * 1000;
  const tick = () => {
    const rest = Math.ceil((until - Date.now()) / 1000);
    if (rest <= 0) return hide(place, masked);
    left.textContent = `${rest} 秒后遮住`;
    setTimeout(tick, 500);
  };
  tick();
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-reveal]');
  const dialog = document.getElementById('reveal');
  if (!button || !dialog) return;
  event.preventDefault();
  eye = button;
  dialog.querySelector('[data-reveal-what]').textContent = button.dataset.what ?? '';
  dialog.showModal();
});

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.matches('[data-reveal-form]') || !eye) return;
  event.preventDefault();
  const button = eye;
  const body = new FormData(form);
  try {
    const answer = await fetch(button.dataset.reveal, {
      method: 'POST',
      body,
      headers: { 'X-CSRFToken': token(), Accept: 'application/json' },
    });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.error);
    form.closest('dialog').close();
    form.reset();
    show(button, said.value, said.seconds ?? 60);
  } catch (problem) {
    form.closest('dialog').close();
    const words = problem instanceof Error && !(problem instanceof SyntaxError) ? problem.message : '';
    toast(/[一-鿿]/.test(words) ? words : '没取到。再试一次', { bad: true });
  }
});

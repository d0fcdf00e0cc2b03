// Forms (表单): the first mistake gets the focus, a button that works shows it, nothing typed is left by accident.
const firstMistake = (within) => within.querySelector?.('form [aria-invalid=true], form .field.invalid :is(input, select)');

function focusMistake(within = document) {
  firstMistake(within)?.focus();
}

document.addEventListener('htmx:load', (event) => focusMistake(event.target));
focusMistake();

// One press, one submit. A form that downloads a file never leaves the page, so it says data-download.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post' || form.matches('[data-download], [hx-post], [data-reveal-form]')) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (event.defaultPrevented) return;
  form.dataset.sent = '1';
  event.submitter?.setAttribute('aria-busy', 'true');
});

// Back from the page that followed: the form is fresh again.
addEventListener('pageshow', () => {
  document.querySelectorAll('form[data-sent]').forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll('[aria-busy=true]').forEach((busy) => busy.removeAttribute('aria-busy'));
  });
});

// data-guard without a draft: ask before the page is left with something unsaved.
document.addEventListener('input', (event) => {
  const form = event.target.closest?.('form[data-guard]');
  if (form && !form.dataset.draft) form.dataset.changed = '1';
});
addEventListener('beforeunload', (event) => {
  if (document.querySelector('form[data-changed]:not([data-sent])')) event.preventDefault();
});

// The eye in a password field.
document.addEventListener('click', (event) => {
  const eye = event.target.closest('[data-show-password]');
  if (!eye) return;
  const field = document.getElementById(eye.dataset.showPassword);
  const shown = field.type === 'text';
  field.type = shown ? 'password' : 'text';
  eye.setAttribute('aria-pressed', String(!shown));
});

// A choice that sends its form: filters, the size of a page, another building.
document.addEventListener('change', (event) => {
  if (event.target.matches('[data-send]')) event.target.form.requestSubmit();
});

// Dialogs and drawers (对话框、抽屉): data-open="#id" opens, data-close closes, #id in the address opens at once.
// Esc and the return of the focus are the browser's own.
document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-open]');
  if (opener) {
    const dialog = document.querySelector(opener.dataset.open);
    if (dialog && !dialog.open) {
      event.preventDefault();
      dialog.showModal();
    }
  }
  const closer = event.target.closest('[data-close]');
  if (closer) closer.closest('dialog')?.close();
});

// A click outside closes, unless a form inside could lose what was typed.
document.addEventListener('mousedown', (event) => {
  const dialog = event.target;
  if (dialog.matches?.('dialog[open]') && !dialog.querySelector('form[data-guard]')) dialog.close();
});

function openFromAddress() {
  if (!/^#[\w-]+$/.test(location.hash)) return;
  document.querySelector(`dialog${location.hash}:not([open])`)?.showModal();
}
addEventListener('hashchange', openFromAddress);
openFromAddress();

// A dialog that came with an answer of the server shows itself.
document.addEventListener('htmx:load', (event) => {
  const dialog = event.target.matches?.('dialog[data-show]')
    ? event.target
    : event.target.querySelector?.('dialog[data-show]');
  if (dialog && !dialog.open) dialog.showModal();
});

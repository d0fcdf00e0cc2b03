// Pasting (粘贴收件): Enter keeps what was pasted, Shift with Enter begins a new line; never inside an input method's word.
document.addEventListener('keydown', (event) => {
  const field = event.target.closest?.('textarea[data-enter]');
  if (!field || event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  if (field.value.trim()) field.form.requestSubmit();
});

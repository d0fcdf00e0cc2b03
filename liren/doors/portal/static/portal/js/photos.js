// Photos: those of a draft are sent as soon as they are chosen; elsewhere it is said how many there are.
document.addEventListener('change', (event) => {
  const input = event.target;
  if (!input.matches('.pick input[type=file]')) return;
  const said = input.closest('.pick').querySelector('[data-chosen]');
  const count = input.files.length;
  if (input.dataset.upload && count) {
    said.textContent = '正在传…';
    input.form.requestSubmit(input.form.querySelector(`button[name=${input.dataset.upload}]`));
  } else {
    said.textContent = count ? `选了 ${count} 张` : '';
  }
});

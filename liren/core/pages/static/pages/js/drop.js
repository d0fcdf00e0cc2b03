// Dropping files (拖文件): drag, choose or paste; the names chosen are said at once. data-send-on-drop sends the form.
function take(drop, files) {
  const input = drop.querySelector('input[type=file]');
  if (!input || !files.length) return;
  const chosen = new DataTransfer();
  [...files].slice(0, input.multiple ? undefined : 1).forEach((file) => chosen.items.add(file));
  input.files = chosen.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop']) {
  document.addEventListener(kind, (event) => {
    const drop = event.target.closest?.('.drop');
    if (!drop) return;
    event.preventDefault();
    drop.classList.toggle('over', kind === 'dragenter' || kind === 'dragover');
    if (kind === 'drop') take(drop, event.dataTransfer.files);
  });
}

document.addEventListener('paste', (event) => {
  const drop = document.querySelector('.drop');
  if (drop && event.clipboardData?.files.length) take(drop, event.clipboardData.files);
});

document.addEventListener('change', (event) => {
  const drop = event.target.closest?.('.drop');
  if (!drop || event.target.type !== 'file') return;
  const files = [...event.target.files];
  drop.classList.toggle('has-file', files.length > 0);
  const said = drop.querySelector('[data-files]');
  if (said) said.textContent = files.map((file) => file.name).join('、') || said.dataset.files;
  if (files.length && 'sendOnDrop' in drop.dataset) event.target.form.requestSubmit();
});

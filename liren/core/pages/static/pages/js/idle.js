// Idle (离开座位): whoever types stays signed in without asking for a page; whoever left finds the screen locked.
// The server decides; this module only says that somebody is here, and asks again when the time is over.
import { read, write } from './store.js';

const minutes = Number(document.querySelector('meta[name=liren-idle]')?.content);
const here = document.querySelector('meta[name=liren-here]')?.content;
const SEEN = 'liren.seen'; // shared by the windows of this browser
const MINUTE = 60 * 1000;
const ASK_EVERY = 30 * 1000;

let typed = false;
const note = () => write(SEEN, String(Date.now()));
const away = () => Date.now() - Number(read(SEEN) ?? 0);

async function sayHere() {
  if (!typed) return;
  typed = false;
  await fetch(here, { credentials: 'same-origin', redirect: 'manual' }).catch(() => {});
}

function look() {
  if (away() > minutes * MINUTE + ASK_EVERY) location.assign(location.pathname + location.search);
}

if (minutes > 0 && here) {
  note();
  for (const deed of ['pointerdown', 'keydown', 'wheel']) {
    document.addEventListener(deed, () => { typed = true; note(); }, { passive: true });
  }
  setInterval(sayHere, Math.min(3, minutes / 3) * MINUTE);
  setInterval(look, ASK_EVERY);
}

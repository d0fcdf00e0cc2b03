// The behaviours of the desk (里仁), one small module each. Without script every page still reads and submits.
import './htmx.js';
import './prefs.js';
import './dialogs.js';
import './toasts.js';
import './tabs.js';
import './menus.js';
import './forms.js';
import './drafts.js';
import './reveal.js';
import './filters.js';
import './queue.js';
import './building.js';
import './drop.js';
import './cells.js';
import './palette.js';
import './matters.js';
import './idle.js';

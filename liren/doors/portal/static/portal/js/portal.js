// Behaviours of the residents' portal (居民端). Without script every page still reads and submits.
import '../../pages/js/forms.js';
import './look.js';
import './photos.js';

// Display preferences before the first paint: a classic, blocking script in <head>, so that nothing flashes.
// It only sets attributes on <html>; prefs.js does the rest.
(function () {
  var root = document.documentElement;
  root.dataset.script = 'on';
  ['size', 'contrast', 'theme', 'letters'].forEach(function (name) {
    try {
      var value = localStorage.getItem('liren.' + name);
      if (value) root.dataset[name] = value;
    } catch (refused) {
      // Storage switched off by the browser's owner: the plain look is right then.
    }
  });
})();

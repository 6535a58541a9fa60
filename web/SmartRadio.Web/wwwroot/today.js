// Keeps what is on today, as the home page tells it, and shows it on the page that stands for all others without a network.
'use strict';

(() => {
  const Key = 'today', Often = 15000;
  const offline = document.querySelector('[data-offline]');
  const lang = document.documentElement.lang;
  let left = false;

  function keep() {
    // Of a stream that has ended the rows are old; of whoever signs out nothing stays.
    if (left || document.querySelector('[data-live].stale') !== null) return;
    const rows = [...document.querySelectorAll('.day rect > title')].flatMap(title => title.textContent.split('\n'));
    const day = new Date().toDateString();
    try {
      const before = JSON.parse(localStorage.getItem(Key));
      localStorage.setItem(Key, JSON.stringify({ at: Date.now(), lang, day, rows }));
      // Once a day, and in the language that is read now.
      if (before?.day !== day || before?.lang !== lang) navigator.serviceWorker?.controller?.postMessage('fill');
    } catch { /* storage is full or forbidden */ }
  }

  function show() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(Key)); } catch { /* forbidden */ }
    const [title, list] = [offline.querySelector('h2'), offline.querySelector('ul')];
    title.textContent = kept === null ? offline.dataset.none
      : offline.dataset.seen.replace('{0}', new Date(kept.at).toLocaleString(lang, { dateStyle: 'short', timeStyle: 'short' }));
    for (const row of kept?.rows ?? []) {
      const item = document.createElement('li');
      item.className = 'row';
      item.textContent = row;
      list.append(item);
    }
    list.hidden = list.children.length === 0;
  }

  // It stands where another page would, which comes by itself once the server answers.
  function wait() {
    document.querySelector('main .actions a').setAttribute('href', location.pathname + location.search);
    const look = async () => {
      try {
        if (!document.hidden && (await fetch('/offline', { cache: 'no-store' })).ok) location.reload();
      } catch { /* not yet */ }
    };
    addEventListener('online', look);
    setInterval(look, Often);
  }

  if (offline !== null) {
    show();
    if (location.pathname !== '/offline') wait();
  } else if (isSecureContext) {
    keep();
    addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') keep(); });
    document.addEventListener('submit', event => {
      if ((event.submitter?.getAttribute('formaction') ?? event.target.getAttribute('action')) !== '/sign-out') return;
      left = true;
      try { localStorage.removeItem(Key); } catch { /* nothing was kept */ }
    });
  }
})();

// Keeps on the server what is being written, so that it can be finished on another device. keep.js keeps it in this browser.
'use strict';

(() => {
  // Another one after a refusal: app.js puts the answer's page in its place.
  const form = () => document.querySelector('form[data-draft]');
  if (form() === null) return;
  const Pause = 20000;
  const written = () => JSON.stringify(['spoken-title', 'text'].map(name => form().elements[name].value));
  const nothing = JSON.stringify(['', '']);
  let kept = written(), timer = 0, left = false;

  async function save() {
    clearTimeout(timer);
    if (left || form() === null) return;
    const now = written(), { dataset, elements } = form();
    if (now === kept || now === nothing) return;
    const data = new FormData(form());
    // Saved again and again; what the form itself does, it does once.
    data.delete('once');
    try {
      const answer = await fetch('/drafts/' + elements.draft.value, { method: 'POST', body: data, keepalive: true, redirect: 'error' });
      if (!answer.ok) return;
      kept = now;
      form().querySelector('[data-draft-state]').textContent = dataset.draft.replace('{0}', new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' }));
      const isAll = written() === now;
      document.dispatchEvent(new CustomEvent('drafted', { detail: isAll }));
      // One text is one draft, also when this page is loaded again.
      const address = '/bulletins/new?draft=' + elements.draft.value, before = location.pathname + location.search;
      if (!isAll || address === before) return;
      history.replaceState(history.state, '', address);
      document.dispatchEvent(new CustomEvent('readdressed', { detail: before }));
    } catch { /* the browser keeps it; the next change tries again */ }
  }

  document.addEventListener('input', event => {
    if (event.target.form !== form()) return;
    left = false;
    clearTimeout(timer);
    timer = setTimeout(save, Pause);
  });
  document.addEventListener('submit', event => { left ||= event.target === form(); });
  addEventListener('pageshow', event => { if (event.persisted) left = false; });
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') save(); });
})();

// Keeps on the server what is being written, so that it can be finished on another device. keep.js keeps it in this browser.
'use strict';

(() => {
  const form = document.querySelector('form[data-draft]');
  if (form === null) return;
  const Pause = 20000;
  const state = form.querySelector('[data-draft-state]');
  const written = () => JSON.stringify(['spoken-title', 'text'].map(name => form.elements[name].value));
  const nothing = JSON.stringify(['', '']);
  let kept = written(), timer = 0, left = false;

  async function save() {
    clearTimeout(timer);
    const now = written();
    if (left || now === kept || now === nothing) return;
    const data = new FormData(form);
    // Saved again and again; what the form itself does, it does once.
    data.delete('once');
    try {
      const answer = await fetch('/drafts/' + form.elements.draft.value, { method: 'POST', body: data, keepalive: true, redirect: 'error' });
      if (!answer.ok) return;
      kept = now;
      state.textContent = form.dataset.draft.replace('{0}', new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' }));
    } catch { /* the browser keeps it; the next change tries again */ }
  }

  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(save, Pause); });
  form.addEventListener('submit', () => { left = true; });
  addEventListener('pageshow', event => { if (event.persisted) left = false; });
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') save(); });
})();

// What was typed into a form stays in this browser until the server has taken the form: it survives an ended session, a server
// that is gone, and Back. Never kept: passwords, files, hidden fields, one-time codes.
'use strict';

(() => {
  const main = document.querySelector('main[data-person]');
  const Days = 7;
  const prefix = 'kept:';

  // Storage may be full or forbidden; then all works as without this script.
  const read = key => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const drop = key => { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } };
  const keys = () => { try { return Object.keys(localStorage).filter(key => key.startsWith(prefix)); } catch { return []; } };

  // What record.js holds.
  const dropRecording = () => { try { indexedDB.deleteDatabase('recordings'); } catch { /* nothing was kept */ } };

  function accepted(isAll = true) {
    const cookie = document.cookie.split('; ').find(each => each.startsWith('sr-taken='));
    if (cookie === undefined) return;
    document.cookie = 'sr-taken=; path=/; max-age=0; samesite=lax';
    if (!isAll) return;
    const taken = decodeURIComponent(cookie.slice('sr-taken='.length));
    keys().filter(key => key.endsWith(' ' + taken)).forEach(drop);
    if (taken === '/bulletins/new#upload') dropRecording();
  }

  function keyOf(form) {
    const name = form.querySelector('input[name=_handler]')?.value;
    return name ? prefix + main.dataset.person + ' ' + location.pathname + location.search + '#' + name : null;
  }

  const fields = form => [...form.elements].filter(field => field.name && !field.closest('[data-unkept]')
    && !['hidden', 'password', 'file', 'submit', 'button'].includes(field.type) && field.autocomplete !== 'one-time-code');
  const isBox = field => field.type === 'checkbox' || field.type === 'radio';

  function valuesOf(form) {
    const values = Object.create(null);
    for (const field of fields(form)) {
      values[field.name] ??= [];
      if (!isBox(field) || field.checked) values[field.name].push(field.value);
    }
    return values;
  }

  function fill(form, values) {
    // Fields of one name, such as the times of a day, stand in their order.
    const met = Object.create(null);
    for (const field of fields(form)) {
      const kept = values[field.name];
      if (kept === undefined) continue;
      const at = isBox(field) ? 0 : met[field.name] ?? 0;
      met[field.name] = at + 1;
      if (isBox(field)) {
        field.checked = kept.includes(field.value);
        if (field.checked && field.closest('details')) field.closest('details').open = true;
      } else if (field.tagName !== 'SELECT' || [...field.options].some(option => option.value === kept[at])) {
        field.value = kept[at] ?? '';
      }
    }
  }

  function restore(form) {
    const key = keyOf(form);
    const kept = key === null ? null : read(key);
    if (kept === null) return;
    if (Number(form.dataset.draftAt ?? 0) > kept.at) {
      // The draft was gone on with elsewhere.
      drop(key);
      return;
    }
    const before = JSON.stringify(valuesOf(form));
    fill(form, kept.values);
    if (JSON.stringify(valuesOf(form)) === before || form.querySelector('.kept') !== null) return;
    const line = document.createElement('div');
    line.className = 'notice kept';
    line.setAttribute('role', 'status');
    line.textContent = main.dataset.kept.replace('{0}', new Date(kept.at).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' }))
      + (form.querySelector('input[type=file]') ? ' ' + main.dataset.keptFile : '') + ' ';
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = main.dataset.discard;
    button.addEventListener('click', () => { drop(key); form.reset(); line.remove(); form.querySelector('input:not([type=hidden]), select, textarea')?.focus(); });
    line.append(button);
    form.prepend(line);
  }

  accepted();
  if (main === null) return;
  keys().filter(key => !(Date.now() - read(key)?.at < Days * 86400000)).forEach(drop);
  const restoreAll = () => document.querySelectorAll('main form[method=post]').forEach(restore);
  restoreAll();
  addEventListener('pageshow', event => { if (event.persisted) { accepted(); restoreAll(); } });
  document.addEventListener('input', event => {
    const key = event.target.form ? keyOf(event.target.form) : null;
    if (key === null || !fields(event.target.form).includes(event.target)) return;
    try { localStorage.setItem(key, JSON.stringify({ at: Date.now(), values: valuesOf(event.target.form) })); } catch { /* full */ }
  });
  // Of a draft that the server has: whether it has all that is typed.
  document.addEventListener('drafted', event => accepted(event.detail));
  document.addEventListener('answered', restoreAll);
  // Whoever signs out leaves nothing behind.
  document.addEventListener('click', event => { if (event.target.closest('[formaction="/sign-out"]')) { keys().forEach(drop); dropRecording(); } });
})();

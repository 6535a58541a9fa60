// What was typed into a form stays in this browser until the server has taken the form: it survives an ended session, a server
// that is gone, and Back. Never kept: passwords, files, hidden fields, one-time codes.
'use strict';

// Recordings that the server has not taken yet, as their pieces; record.js adds to them. Storage may be forbidden; then they are kept
// by the page alone.
function recordings(mode, work) {
  return new Promise(resolve => {
    let opening;
    try { opening = indexedDB.open('recordings', 1); } catch { resolve(null); return; }
    opening.onupgradeneeded = () => opening.result.createObjectStore('pieces', { autoIncrement: true });
    opening.onerror = () => resolve(null);
    opening.onsuccess = () => {
      const base = opening.result, change = base.transaction('pieces', mode), request = work(change.objectStore('pieces'));
      change.oncomplete = () => { base.close(); resolve(request.result ?? null); };
      change.onabort = change.onerror = () => { base.close(); resolve(null); };
    };
  });
}

// Those of one person, and what nobody has sent for a week; another who shares the phone keeps theirs.
function forgetRecording(person) {
  return recordings('readwrite', pieces => {
    const all = pieces.openCursor();
    all.onsuccess = () => {
      const each = all.result;
      if (each === null) return;
      if (each.value.person === person || each.value.at < Date.now() - 7 * 86400000) each.delete();
      each.continue();
    };
    return all;
  });
}

(() => {
  const main = document.querySelector('main[data-person]');
  const Days = 7;
  const prefix = 'kept:';

  // Storage may be full or forbidden; then all works as without this script.
  const read = key => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const drop = key => { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } };
  const keys = () => { try { return Object.keys(localStorage).filter(key => key.startsWith(prefix)); } catch { return []; } };

  function accepted(isAll = true) {
    const cookie = document.cookie.split('; ').find(each => each.startsWith('sr-taken='));
    if (cookie === undefined) return;
    const done = () => { document.cookie = 'sr-taken=; path=/; max-age=0; samesite=lax'; };
    const taken = decodeURIComponent(cookie.slice('sr-taken='.length));
    if (isAll) drop(prefix + main.dataset.person + ' ' + taken);
    // A page that is left meanwhile ends it; then the next one does it.
    if (/^\/bulletins\/new(\?.*)?#upload$/.test(taken)) forgetRecording(main.dataset.person).then(done);
    else done();
  }

  function keyOf(form) {
    const name = form.querySelector('input[name=_handler]')?.value;
    return name ? prefix + main.dataset.person + ' ' + location.pathname + location.search + '#' + name : null;
  }

  const fields = form => [...form.elements].filter(field => field.name && !field.closest('[data-unkept]')
    && !['hidden', 'password', 'file', 'submit', 'button'].includes(field.type) && field.autocomplete !== 'one-time-code');
  const isBox = field => field.type === 'checkbox' || field.type === 'radio';

  // Other than the page itself began with.
  const isChanged = field => isBox(field) ? field.checked !== field.defaultChecked
    : field.tagName === 'SELECT' ? field.selectedIndex !== Math.max(0, [...field.options].findIndex(option => option.defaultSelected))
    : field.value !== field.defaultValue;

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
      } else if (field.tagName !== 'SELECT' || [...field.options].some(option => option.value === kept[at])) {
        field.value = kept[at] ?? '';
      }
      if (isChanged(field)) field.closest('details')?.setAttribute('open', '');
    }
    // What follows the fields follows them now.
    form.dispatchEvent(new Event('change', { bubbles: true }));
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

  if (main === null) return;
  // Back to what a form answered asks for the page anew, instead of saying that the form is to be sent again.
  history.replaceState(history.state, '');
  accepted();
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
  // The page has another address: what is kept of its other forms goes by it.
  document.addEventListener('readdressed', ({ detail: before }) => keys().forEach(key => {
    const [old, form] = key.split('#');
    if (old !== prefix + main.dataset.person + ' ' + before) return;
    try { localStorage.setItem(`${prefix}${main.dataset.person} ${location.pathname}${location.search}#${form}`, localStorage.getItem(key)); } catch { /* full */ }
    drop(key);
  }));
  document.addEventListener('answered', restoreAll);
  // Whoever signs out leaves nothing behind.
  document.addEventListener('click', event => {
    if (!event.target.closest('[formaction="/sign-out"]')) return;
    keys().forEach(drop);
    recordings('readwrite', pieces => pieces.clear());
  });
})();

// What a page cannot do without a script: live parts, and progress of uploads and other long work. All else works without it.
'use strict';

// Live parts: one stream for all of a page's islands; the server sends finished HTML, and then what differs of it.
let stream = null;

function watch() {
  const islands = [...document.querySelectorAll('[data-live]')];
  const isStill = islands.every(each => 'ridesAlong' in each.dataset);
  if (isStill || document.hidden || stream !== null) return;
  stream = new EventSource('/live?' + islands.map(each => `i=${encodeURIComponent(each.dataset.live)}&held=${heldOf(each)}`).join('&'));
  stream.onopen = () => { wait = Soonest; islands.forEach(each => each.classList.remove('stale')); };
  // What is shown meanwhile may be old and looks it; why the stream ended is asked for. The next one says what is held by then.
  stream.onerror = () => { islands.forEach(each => each.classList.add('stale')); rest(); retry(); };
  islands.forEach((each, i) => stream.addEventListener(String(i), event => {
    // All of it, or the pieces that differ of what is held.
    if (event.data[0] === '[') for (const [at, piece] of JSON.parse(event.data)) each.pieces[at] = piece;
    else each.pieces = cut(event.data);
    each.dataset.held = event.lastEventId;
    draw(each, each.pieces.join(''));
  }));
}

// As the server cuts it.
function cut(html) { return html.split(/(?=<)/); }

// The mark of the picture that an island holds. A browser that writes down what came with the page in another way holds nothing.
function heldOf(island) {
  if (island.pieces === undefined) {
    const pieces = cut(island.innerHTML);
    if (pieces.length !== Number(island.dataset.pieces)) return '';
    island.pieces = pieces;
  }
  return island.dataset.held;
}

// A hidden tab costs the slow line nothing.
function rest() {
  if (stream !== null) stream.close();
  stream = null;
}

// What stays the same is left where it stands: whoever reads keeps the place, the focus and what is opened or sounds.
function draw(island, html) {
  const made = document.createElement('template');
  made.innerHTML = html;
  const focused = document.activeElement;
  follow(island, made.content);
  if (focused !== document.activeElement && island.contains(focused)) focused.focus();
}

function follow(old, made) {
  const wanted = new Set([...made.childNodes].map(keyOf));
  const kept = new Map([...old.childNodes].map(child => [keyOf(child), child]));
  let at = old.firstChild;
  const skip = () => { const gone = at; at = at.nextSibling; gone.remove(); };
  for (const child of [...made.childNodes]) {
    const key = keyOf(child);
    while (at !== null && keyOf(at) !== null && !wanted.has(keyOf(at))) skip();
    const same = key === null ? at : kept.get(key) ?? null;
    if (same === null || same.nodeName !== child.nodeName || (key === null && keyOf(same) !== null)) {
      old.insertBefore(child, at);
      continue;
    }
    // What only has blanks before it need not be moved, which would cost it the focus.
    let next = at;
    while (next !== null && next !== same && keyOf(next) === null) next = next.nextSibling;
    if (next === same) while (at !== same) skip();
    if (same === at) at = at.nextSibling;
    else old.insertBefore(same, at);
    kept.delete(key);
    become(same, child);
  }
  while (at !== null) skip();
}

function become(old, made) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== made.data) old.data = made.data;
    return;
  }
  for (const { name } of [...old.attributes]) if (!made.hasAttribute(name) && name !== 'open') old.removeAttribute(name);
  for (const { name, value } of made.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  follow(old, made);
}

// What a part of a list is about: its own link or button, or the first in it.
function keyOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return null;
  const named = node.matches('[id], [href], [formaction]') ? node : node.matches('li, tr') ? node.querySelector('[id], [href], [formaction]') : null;
  return named === null ? null : named.id || named.getAttribute('formaction') || named.getAttribute('href');
}

// The bar that says in words that the session has ended or the server is gone. Both are asked for by themselves until they are back.
const lost = document.getElementById('lost');
const Soonest = 1000, Latest = 15000, Often = 60000;
let wait = Soonest;
let asking = null;
let ended = false;

function say(what) {
  if (lost === null) return;
  lost.hidden = what === null;
  if (what === null) return;
  lost.querySelector('span').textContent = lost.dataset[what];
  const link = lost.querySelector('a');
  link.hidden = what !== 'ended';
  link.href = '/sign-in?back=' + encodeURIComponent(location.pathname + location.search);
}

async function ask() {
  asking = null;
  if (lost === null || document.hidden) return;
  let what = 'gone';
  try {
    const answer = await fetch('/live/session', { redirect: 'manual', cache: 'no-store', signal: AbortSignal.timeout(10000) });
    what = answer.ok ? null : answer.type === 'opaqueredirect' || answer.status === 401 ? 'ended' : 'gone';
  } catch { /* nobody answers */ }
  say(what);
  // Signed in again, in another tab: this page's forms need new tokens; what was typed is kept.
  if (what === null && ended) location.reload();
  ended = what === 'ended';
  if (what !== null) {
    rest();
    retry();
    return;
  }
  watch();
  if (stream === null) {
    wait = Soonest;
    soon(Often);
  }
}

function retry() {
  soon(wait);
  wait = Math.min(wait * 2, Latest);
}

function soon(time) {
  clearTimeout(asking);
  asking = setTimeout(ask, time);
}

addEventListener('offline', () => soon(0));
addEventListener('online', () => soon(0));

document.addEventListener('visibilitychange', () => { if (document.hidden) rest(); else { watch(); soon(0); } });
addEventListener('pagehide', rest);
addEventListener('pageshow', () => { watch(); if (stream === null) soon(Often); });

// Forms with long work are sent by script, so that their progress can be shown; the answer is the same page as without.
function send(form, button) {
  const status = form.querySelector('[data-progress]');
  const bar = status.querySelector('progress');
  const text = status.querySelector('[data-text]');
  const show = (share, words) => { bar.value = share; text.textContent = words; };
  const body = new FormData(form, button);
  const request = new XMLHttpRequest();
  let work = null;
  const over = () => { if (work !== null) work.close(); form.inert = false; };

  request.upload.onprogress = event => show(event.loaded / event.total, status.dataset.sending);
  request.upload.onload = () => {
    show(0, status.dataset.working);
    work = new EventSource('/live/progress/' + body.get('progress'));
    work.addEventListener('progress', event => show(event.data / 100, status.dataset.working));
    work.addEventListener('end', () => work.close());
  };
  request.onload = () => { over(); answer(request); };
  request.onerror = () => { over(); show(0, status.dataset.broken); };
  request.open('POST', button?.formAction || form.action);
  request.responseType = 'document';
  request.setRequestHeader('SR-Script', '1');
  status.hidden = false;
  show(0, status.dataset.sending);
  form.inert = true;
  request.send(body);
}

function answer(request) {
  const page = request.response;
  if (request.status < 300 || page === null || page.querySelector('main') === null) {
    location.assign(request.responseURL);
    return;
  }
  document.querySelector('main').replaceWith(document.importNode(page.querySelector('main'), true));
  // What was set up on the old one.
  rest();
  watch();
  wordFiles();
  document.dispatchEvent(new Event('answered'));
  scrollTo(0, 0);
  document.querySelector('[role=alert]')?.scrollIntoView();
}

document.addEventListener('submit', event => {
  const form = event.target;
  const file = form.querySelector('input[type=file][data-max]');
  if (file !== null && file.files.length > 0 && file.files[0].size > Number(file.dataset.max)) {
    event.preventDefault();
    file.setCustomValidity(file.dataset.tooLarge);
    file.reportValidity();
    file.addEventListener('change', () => file.setCustomValidity(''), { once: true });
  } else if (event.submitter?.dataset.confirm && !confirm(event.submitter.dataset.confirm)) {
    event.preventDefault();
  } else if (form.querySelector('[data-progress]') !== null && event.submitter?.dataset.plain === undefined) {
    event.preventDefault();
    send(form, event.submitter);
  }
});

// What an answer shows once, or a session that it renews (as each proof does), must not be lost to a second tap:
// until the answer comes the form is sent once.
const Once = 10000;
document.addEventListener('submit', event => {
  const { dataset } = event.target;
  if (event.defaultPrevented || (dataset.once === undefined && !event.target.querySelector('input[name=proof]'))) return;
  if (performance.now() < Number(dataset.sent ?? -Once) + Once) event.preventDefault();
  else dataset.sent = performance.now();
});
addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(form => delete form.dataset.sent));

// The secret of a link stands behind "#": it is sent in a form, and the address forgets it.
const linked = document.querySelector('input[data-fragment]');
function openLink() {
  if (linked === null || location.hash.length < 2) return;
  linked.value = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  linked.form.requestSubmit();
}
openLink();
addEventListener('hashchange', openLink);

// A range shows its value while it is moved.
document.addEventListener('input', event => {
  const output = event.target.type === 'range' ? event.target.form.querySelector('output') : null;
  if (output !== null) output.value = event.target.value + ' %';
});

// A browser words its file button in its own language: ours stands over it, and says what was chosen.
function wordFiles() {
  for (const input of document.querySelectorAll('input[type=file][data-choose]')) {
    const shown = document.createElement('span');
    shown.className = 'button file';
    shown.setAttribute('aria-hidden', 'true');
    const say = () => { shown.textContent = input.files.length > 0 ? input.files[0].name : input.dataset.choose; };
    input.classList.add('worded');
    input.after(shown);
    input.addEventListener('change', say);
    input.form?.addEventListener('reset', () => setTimeout(say));
    say();
  }
}
wordFiles();

// Without it all works but the page that is shown when nothing else can be.
if (isSecureContext && document.querySelector('main[data-person]') !== null) navigator.serviceWorker?.register('/sw.js').catch(() => { /* forbidden here */ });

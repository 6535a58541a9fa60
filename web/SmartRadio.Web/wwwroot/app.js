// What a page cannot do without a script: live parts, and progress of uploads and other long work. All else works without it.
'use strict';

// Live parts: one stream for all of a page's islands; the server sends finished HTML.
let stream = null;

function watch() {
  const islands = [...document.querySelectorAll('[data-live]')];
  if (islands.length === 0 || document.hidden || stream !== null) return;
  stream = new EventSource('/live?' + islands.map(each => 'i=' + encodeURIComponent(each.dataset.live)).join('&'));
  stream.onopen = () => islands.forEach(each => each.classList.remove('stale'));
  // The browser connects again by itself; what is shown meanwhile may be old and looks it.
  stream.onerror = () => islands.forEach(each => each.classList.add('stale'));
  islands.forEach((each, i) => stream.addEventListener(String(i), event => draw(each, event.data)));
}

// A hidden tab costs the slow line nothing.
function rest() {
  if (stream !== null) stream.close();
  stream = null;
}

function draw(island, html) {
  const focused = island.contains(document.activeElement) ? document.activeElement.id : '';
  island.innerHTML = html;
  if (focused) document.getElementById(focused)?.focus();
}

document.addEventListener('visibilitychange', () => document.hidden ? rest() : watch());
addEventListener('pagehide', rest);
addEventListener('pageshow', watch);

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
  } else if (form.querySelector('[data-progress]') !== null) {
    event.preventDefault();
    send(form, event.submitter);
  }
});

// A range shows its value while it is moved.
document.addEventListener('input', event => {
  const output = event.target.type === 'range' ? event.target.form.querySelector('output') : null;
  if (output !== null) output.value = event.target.value + ' %';
});

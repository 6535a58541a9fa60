// A broadcast of the week dragged to another day or time: it sends the form of that broadcast's page, which works without a script.
'use strict';

const grid = document.querySelector('.week svg');
const Snap = 5, Slip = 5;
let held = null;

function at(event) {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(grid.getScreenCTM().inverse());
  return { x: point.x, y: point.y };
}

function take(event) {
  const link = event.target.closest('a[data-start]');
  if (link === null || event.button !== 0) return;
  held = { link, from: at(event), moved: false };
}

function drag(event) {
  if (held === null) return;
  const { x, y } = at(event), [dx, dy] = [x - held.from.x, y - held.from.y];
  if (!held.moved && Math.hypot(dx, dy) < Slip) return;
  if (!held.moved) held.link.setPointerCapture(event.pointerId);
  held.moved = true;
  held.link.setAttribute('transform', `translate(${dx} ${dy})`);
}

async function drop(event) {
  if (held === null) return;
  const { link, from, moved } = held;
  held = null;
  if (!moved) return;
  link.addEventListener('click', click => click.preventDefault(), { once: true });
  const { x, y } = at(event), data = grid.dataset;
  const days = Math.round((x - from.x) / data.column), minutes = Math.round((y - from.y) / data.scale / Snap) * Snap;
  const start = new Date(link.dataset.start + 'Z');
  start.setUTCDate(start.getUTCDate() + days);
  start.setUTCMinutes(start.getUTCMinutes() + minutes);
  const text = start.toISOString().slice(0, 19);
  if ((days === 0 && minutes === 0) || !confirm(data.ask.replace('{0}', text.slice(11, 16) + ' ' + text.slice(8, 10) + '/' + text.slice(5, 7))) || !await send(link, text)) {
    link.removeAttribute('transform');
  }
}

async function load(address, how) {
  const answer = await fetch(address, how);
  return [answer, new DOMParser().parseFromString(await answer.text(), 'text/html')];
}

// False when that broadcast may not be moved, or its page does not come.
async function send(link, text) {
  try {
    let [answer, page] = await load(link.getAttribute('href'));
    // One that lies far ahead is made first.
    const make = page.querySelector('button[data-make]');
    if (make !== null) {
      await load(make.getAttribute('formaction'), { method: 'POST', body: new URLSearchParams(new FormData(page.querySelector('#actions'))) });
      [answer, page] = await load(link.getAttribute('href'));
    }

    const form = page.querySelector('form:has(> input[name=_handler][value=move])');
    if (form === null) {
      alert(grid.dataset.locked);
      return false;
    }

    form.action = new URL(answer.url).pathname;
    form.elements.start.value = text;
    form.hidden = true;
    document.body.append(document.adoptNode(form));
    form.submit();
    return true;
  } catch {
    alert(grid.dataset.gone);
    return false;
  }
}

if (grid !== null) {
  grid.addEventListener('pointerdown', take);
  grid.addEventListener('pointermove', drag);
  grid.addEventListener('pointerup', drop);
  grid.addEventListener('pointercancel', () => { held?.link.removeAttribute('transform'); held = null; });
  // The browser's own dragging of links would take over.
  grid.addEventListener('dragstart', event => event.preventDefault());
}

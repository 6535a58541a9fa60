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
  const link = event.target.closest('a[href^="/broadcasts/"][data-start]');
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

// False when that broadcast may not be moved, or its page does not come.
async function send(link, text) {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(link.getAttribute('href'))).text(), 'text/html');
    const form = page.querySelector('form:has(> input[name=_handler][value=move])');
    if (form === null) {
      alert(grid.dataset.locked);
      return false;
    }

    form.action = link.getAttribute('href');
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

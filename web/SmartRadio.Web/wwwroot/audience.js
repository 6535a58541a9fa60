// Who hears it is counted while one chooses, each loudspeaker once. What lies below a chosen area is chosen with it, and so it is
// not chosen by itself.
'use strict';

function countAudience() {
  for (const field of document.querySelectorAll('[data-audience]')) {
    const said = field.querySelector('.chosen');
    if (said === null) continue;
    const areas = new Set(), met = new Set();
    let [nodes, lost] = [0, 0];
    const add = (id, isLost) => {
      if (met.has(id)) return;
      met.add(id);
      nodes++;
      lost += isLost ? 1 : 0;
    };
    for (const box of field.querySelectorAll('.tree input[type=checkbox]')) {
      const isArea = box.name === 'areas', entry = box.closest('li'), above = isArea ? entry.parentElement.closest('.tree li') : entry;
      box.disabled = areas.has(above?.querySelector(':scope > .choice > [name=areas]')?.value);
      if (isArea && (box.checked || box.disabled)) {
        areas.add(box.value);
        nodes += Number(box.dataset.nodes);
        lost += Number(box.dataset.lost);
      } else if (!isArea && box.checked && !box.disabled) {
        add(box.value, 'lost' in box.dataset);
      }
    }
    for (const group of field.querySelectorAll('[name=groups]:checked')) {
      for (const [area, id] of group.dataset.nodes.split(' ').filter(Boolean).map(each => each.split('/'))) {
        if (!areas.has(area)) add(id.replace('!', ''), id.endsWith('!'));
      }
    }
    const text = said.dataset.chosen.replace('{0}', nodes) + (lost > 0 ? ', ' + said.dataset.lost.replace('{0}', lost) : '');
    said.hidden = false;
    if (said.textContent !== text) said.textContent = text;
  }
}
countAudience();
for (const name of ['change', 'answered']) document.addEventListener(name, countAudience);
document.addEventListener('reset', () => setTimeout(countAudience));
addEventListener('pageshow', countAudience);

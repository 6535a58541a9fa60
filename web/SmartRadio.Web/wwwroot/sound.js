// A waveform that is clicked moves the player there and follows it; what is kept of it is set from there. Bulletins of a programme
// are numbered by a tap. Sounds of a list are heard where they stand. All of it can be done without this script too.
'use strict';

(() => {
  const wave = () => document.querySelector('[data-wave]');
  const player = () => wave()?.querySelector('audio');
  const field = name => document.querySelector(`form input[name=${name}][type=number]`);

  function draw() {
    const card = wave();
    if (card === null) return;
    const svg = card.querySelector('svg');
    const columns = svg.viewBox.baseVal.width, length = Number(card.dataset.wave);
    const column = seconds => Math.min(columns, Math.max(0, seconds / length * columns));
    const line = svg.querySelector('line');
    const at = column(player().currentTime);
    line.setAttribute('x1', at);
    line.setAttribute('x2', at);
    line.toggleAttribute('hidden', at === 0);
    for (const rect of svg.querySelectorAll('[data-cut]')) {
      const input = field(rect.dataset.cut);
      const edge = input === null || input.value === '' ? null : column(Number(input.value));
      rect.setAttribute('x', rect.dataset.cut === 'keep-from' ? 0 : edge ?? columns);
      rect.setAttribute('width', edge === null ? 0 : rect.dataset.cut === 'keep-from' ? edge : columns - edge);
    }
    card.classList.add('live');
    document.querySelectorAll('[data-take]').forEach(each => { each.hidden = false; });
  }

  // One sounds at a time.
  let playing = null;
  function play(button) {
    if (playing !== null && playing.button === button) {
      stop();
      return;
    }
    stop();
    const sound = new Audio(button.dataset.play);
    playing = { button, sound };
    button.setAttribute('aria-pressed', 'true');
    sound.addEventListener('ended', stop);
    sound.addEventListener('error', stop);
    sound.play().catch(stop);
  }
  function stop() {
    if (playing === null) return;
    const { button, sound } = playing;
    playing = null;
    sound.pause();
    button.setAttribute('aria-pressed', 'false');
  }

  // The box of whoever has heard nearly all of it checks itself.
  function listen() {
    const box = document.querySelector('[data-listened]');
    if (box === null || box.checked || player() === null) return;
    const played = player().played;
    let heard = 0;
    for (let i = 0; i < played.length; i++) heard += played.end(i) - played.start(i);
    if (heard >= 0.9 * Number(wave().dataset.wave)) box.checked = true;
  }

  function number(row) {
    const input = row.querySelector('input');
    const used = [...row.closest('[data-members]').querySelectorAll('input')].map(each => Number(each.value));
    input.value = input.value === '' ? Math.max(0, ...used) + 1 : '';
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }

  document.addEventListener('click', event => {
    const svg = event.target.closest('[data-wave] svg');
    const take = event.target.closest('[data-take]');
    const row = event.target.closest('[data-members] label');
    const button = event.target.closest('[data-play]');
    if (button !== null) {
      play(button);
    } else if (svg !== null) {
      const box = svg.getBoundingClientRect();
      player().currentTime = (event.clientX - box.left) / box.width * Number(wave().dataset.wave);
      draw();
    } else if (take !== null) {
      const input = field(take.dataset.take);
      input.value = player().currentTime.toFixed(1);
      input.dispatchEvent(new Event('input', { bubbles: true }));
    } else if (row !== null && event.target.tagName !== 'INPUT') {
      event.preventDefault();
      number(row);
    }
  });
  for (const kind of ['timeupdate', 'ended']) document.addEventListener(kind, listen, true);
  for (const kind of ['timeupdate', 'seeked']) document.addEventListener(kind, draw, true);
  for (const kind of ['input', 'answered']) document.addEventListener(kind, draw);
  // A live part is drawn anew: what sounds has another button then.
  function show() {
    for (const each of document.querySelectorAll('[data-play][hidden]')) {
      each.hidden = false;
      if (playing === null || playing.button.dataset.play !== each.dataset.play) continue;
      playing.button = each;
      each.setAttribute('aria-pressed', 'true');
    }
  }
  new MutationObserver(show).observe(document.body, { childList: true, subtree: true });
  show();
  draw();
})();

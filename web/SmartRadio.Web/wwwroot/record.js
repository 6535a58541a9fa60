// Records from the microphone into the file field beside it. What was recorded stays in this browser, a second at a time, until the
// server has taken it: a closed tab or a broken line loses nothing. Without this script a file is chosen as ever.
'use strict';

function setUpRecorder() {
  const box = document.querySelector('[data-recorder]');
  const main = document.querySelector('main[data-person]');
  if (box === null || main === null || !navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) return;
  const part = name => box.querySelector(`[data-${name}]`);
  const field = box.closest('form').querySelector('input[type=file]');
  const Kinds = [['audio/webm;codecs=opus', 'webm'], ['audio/mp4', 'm4a'], ['audio/ogg;codecs=opus', 'ogg'], ['audio/webm', 'webm']];
  const [kind, ending] = Kinds.find(([type]) => MediaRecorder.isTypeSupported(type)) ?? [undefined, 'webm'];
  let recorder = null, kept = null, chunks = [], seconds = 0, ticking = null, sound = null, isAsking = false;

  // One recording a person, as its pieces: see keep.js.
  const keep = piece => recordings('readwrite', pieces => pieces.add({ person: main.dataset.person, type: kind, piece, at: Date.now() }));
  const forget = () => forgetRecording(main.dataset.person);

  function show(state) {
    box.dataset.state = state;
    for (const button of box.querySelectorAll('button')) button.hidden = !button.dataset.in.split(' ').includes(state);
    part('level').hidden = state !== 'on';
    part('time').textContent = Math.floor(seconds / 60) + ':' + String(seconds % 60).padStart(2, '0');
  }

  // The file field holds it as if it had been chosen, so that the form is sent as ever.
  function offer(pieces, type) {
    const file = new File(pieces, `ghi-am.${ending}`, { type: (type ?? '').split(';')[0] });
    const files = new DataTransfer();
    files.items.add(file);
    field.files = files.files;
    field.dispatchEvent(new Event('change', { bubbles: true }));
    const heard = part('heard');
    URL.revokeObjectURL(heard.src);
    heard.src = URL.createObjectURL(file);
    heard.hidden = false;
  }

  function watch(stream) {
    sound = new AudioContext();
    const ear = sound.createAnalyser(), samples = new Float32Array(2048);
    sound.createMediaStreamSource(stream).connect(ear);
    const look = () => {
      if (recorder === null) return;
      ear.getFloatTimeDomainData(samples);
      const peak = samples.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
      // From -60 dB to full scale.
      part('level').value = Math.max(0, 100 + 100 * Math.log10(Math.max(peak, 0.001)) / 3);
      requestAnimationFrame(look);
    };
    look();
  }

  async function start() {
    // The browser asks for the microphone: a second tap meanwhile begins no second recording.
    if (isAsking) return;
    isAsking = true;
    part('problem').hidden = true;
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: false } });
    } catch {
      part('problem').hidden = false;
      return;
    } finally {
      isAsking = false;
    }

    await forget();
    [chunks, seconds] = [[], 0];
    recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 64000 });
    recorder.ondataavailable = event => {
      if (event.data.size === 0) return;
      chunks.push(event.data);
      kept = keep(event.data);
    };
    recorder.onstop = async () => {
      stream.getTracks().forEach(track => track.stop());
      clearInterval(ticking);
      sound.close();
      recorder = null;
      // Without its last piece it could not be read.
      await kept;
      offer(chunks, kind);
      show('done');
    };
    recorder.start(1000);
    watch(stream);
    ticking = setInterval(() => { if (recorder?.state === 'recording') { seconds++; show('on'); } }, 1000);
    show('on');
  }

  const acts = {
    start,
    pause: () => { recorder.pause(); show('paused'); },
    resume: () => { recorder.resume(); show('on'); },
    stop: () => recorder.stop(),
    discard: async () => { await forget(); field.value = ''; part('heard').hidden = true; seconds = 0; show('idle'); },
  };
  box.addEventListener('click', event => acts[event.target.closest('button')?.dataset.act]?.());
  box.hidden = false;
  show('idle');
  recordings('readonly', pieces => pieces.getAll()).then(kept => {
    const mine = (kept ?? []).filter(each => each.person === main.dataset.person);
    if (mine.length === 0 || recorder !== null) return;
    seconds = mine.length;
    offer(mine.map(each => each.piece), mine[0].type);
    show('done');
    part('kept').hidden = false;
  });
}
setUpRecorder();
document.addEventListener('answered', setUpRecorder);

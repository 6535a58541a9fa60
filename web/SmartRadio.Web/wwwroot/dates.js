// A browser words dates and times in its own language: ours stand over them and follow the value. The field stays what it is
// for keys, pickers and readers of screens; where keys are at hand it shows its own parts while it is typed into.
'use strict';

const DateFields = ':is(input[type=date], input[type=time], input[type=datetime-local])';

function wordedDate({ type, value }) {
  if (value === '') return type === 'time' ? '--:--' : document.body.dataset.noDay;
  const [day, clock] = type === 'time' ? [null, value] : value.split('T');
  const parts = clock ? [clock.replace(/^(..:..):00(\.0+)?$/, '$1')] : [];
  if (day !== null) {
    // The page brings the words: asking the browser for them costs a phone tens of milliseconds.
    const words = name => document.body.dataset[name].split(' ');
    const [year, month, date] = day.split('-');
    const weekday = words('weekdays')[new Date(day + 'T00:00Z').getUTCDay()], monthName = words('months')[month - 1];
    parts.push(document.documentElement.lang === 'vi' ? `${weekday}, ${date}/${monthName}/${year}`
      : `${weekday} ${Number(date)} ${monthName} ${year}`);
  }
  return parts.join(' ');
}

function wordDates() {
  for (const input of document.querySelectorAll(DateFields + ':not(.dated > *)')) {
    const box = document.createElement('span'), shown = document.createElement('span'), isFocused = input === document.activeElement;
    box.className = 'dated';
    shown.setAttribute('aria-hidden', 'true');
    input.replaceWith(box);
    box.append(input, shown);
    if (isFocused) input.focus();
  }
  for (const box of document.querySelectorAll('.dated')) {
    const [input, shown] = box.children, isHalf = input.validity.badInput, text = isHalf ? '' : wordedDate(input);
    box.classList.toggle('half', isHalf);
    shown.classList.toggle('empty', input.value === '');
    if (shown.textContent !== text) shown.textContent = text;
  }
}
wordDates();
// Fields that are drawn later, by live parts and answers; values that people, scripts and Back put in.
new MutationObserver(wordDates).observe(document.body, { childList: true, subtree: true });
for (const name of ['input', 'change', 'focusout']) document.addEventListener(name, wordDates);
document.addEventListener('reset', () => setTimeout(wordDates));
addEventListener('pageshow', wordDates);

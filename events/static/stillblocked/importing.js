// Shows how far a worker is with a file, and reloads the page when its state changes. Without it, people reload.

const box = document.querySelector("[data-progress]");
const bar = box?.querySelector("progress");
const words = box?.querySelector("[data-words]");
let state = null;

const show = (told) => {
  if (state !== null && told.state !== state && !told.is_under_way) return location.reload();
  if (state !== null && told.state !== state) return location.reload();
  state = told.state;
  if (!told.is_under_way) return location.reload();
  if (words.textContent !== told.words) words.textContent = told.words;
  if (told.total) {
    bar.max = told.total;
    bar.value = told.done;
  } else {
    bar.removeAttribute("value");
  }
  return setTimeout(ask, 1000);
};

const ask = () =>
  fetch(box.dataset.progress, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json().then(show) : setTimeout(ask, 5000)))
    .catch(() => setTimeout(ask, 5000));

if (box) ask();

// Keeps what is typed on the server as it is typed, says who else has the form open, and saves by keyboard:
// Ctrl+Enter saves, Ctrl+S saves and stays. Without this script the form saves as ever, and is compared all the same.

const KEEP_EVERY = 3000;
const SAY_EVERY = 20000;
const WHOSE = new Set(["csrfmiddlewaretoken", "_base", "_version"]);

const enter = (form, opening) => {
  const kept = document.getElementById("opening-kept");
  const others = document.getElementById("opening-others");
  const typed = () => JSON.stringify([...new FormData(form)].filter(([name]) => !WHOSE.has(name)));
  let last = null;
  let isBusy = false;
  let isFailing = false;
  let isSaving = false;

  const draft = () => new FormData(form);
  const say = (words, isWrong) => {
    isFailing = isWrong;
    kept.hidden = !words;
    kept.classList.toggle("wrong", isWrong);
    if (isWrong) kept.setAttribute("role", "alert"); else kept.removeAttribute("role");
    kept.textContent = words;
  };
  const post = async (address, body) => {
    const answer = await fetch(address, { method: "POST", body, redirect: "error" });
    if (!answer.ok && answer.status !== 400) throw new Error(answer.status);
    return answer.json();
  };

  const keep = async () => {
    const now = typed();
    if (isBusy || isSaving || now === last) return;
    isBusy = true;
    try {
      const answer = await post(opening.dataset.draft, draft());
      if (answer.kept) last = now;
      say(answer.says, !answer.kept && Boolean(answer.says));
    } catch {
      say(opening.dataset.failed, true);
    }
    isBusy = false;
  };
  const keepOnLeave = () => {
    if (typed() === last) return;
    navigator.sendBeacon(opening.dataset.draft, draft());
  };

  const sayOpen = async () => {
    if (document.visibilityState !== "visible") return;
    try {
      const data = new FormData();
      ["csrfmiddlewaretoken", "_version"].forEach((name) => data.set(name, form.elements[name].value));
      const answer = await post(opening.dataset.open, data);
      const told = [...others.children].map((line) => line.textContent);
      if (answer.says.join("\n") === told.join("\n")) return;
      others.replaceChildren(...answer.says.map((sentence) => {
        const line = document.createElement("p");
        line.className = "note";
        line.append(document.createElement("bdi"));
        line.firstChild.textContent = sentence;
        return line;
      }));
    } catch { /* the next one may get through; keeping the draft says when nothing does */ }
  };
  const sayLeft = () => {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("left", "1");
    navigator.sendBeacon(opening.dataset.open, data);
  };

  // Autocompletes tell no event of the page, so the form is read every few seconds; nothing is sent while nothing changes.
  setTimeout(() => { if (last === null) last = typed(); });
  setInterval(keep, KEEP_EVERY);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && !isSaving) keepOnLeave(); });
  window.addEventListener("pagehide", () => {
    if (!isSaving) keepOnLeave();
    if (opening.dataset.open) sayLeft();
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) isSaving = false; });
  window.addEventListener("beforeunload", (event) => { if (isFailing && !isSaving && typed() !== last) event.preventDefault(); });
  form.addEventListener("submit", () => { keepOnLeave(); isSaving = true; });
  // Signing out ends the session before this page is left: what is typed goes first.
  document.addEventListener("submit", (event) => {
    if (event.target === form || event.defaultPrevented || typed() === last) return;
    event.preventDefault();
    keep().finally(() => event.target.submit());
  });
  if (opening.dataset.open) { sayOpen(); setInterval(sayOpen, SAY_EVERY); }

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const name = { Enter: "_save", NumpadEnter: "_save", KeyS: "_continue" }[event.code]; // the key, not the letter: on a Russian keyboard it is ы
    const button = name && form.querySelector(`[type=submit][name="${name}"]`);
    if (!button) return;
    event.preventDefault();
    form.requestSubmit(button);
  });
};

const opening = document.getElementById("opening");
const token = document.querySelector("form input[name=_draft]");
if (opening && token) enter(token.form, opening);

// The intake by keyboard: Ctrl+Enter reads or records, what is edited counts as accepted, a field and the words that
// say it mark each other, and a page that waits looks how far it is. Without this script everything works by reload.

const onCtrlEnter = (where, form, button) => {
  where.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    event.preventDefault();
    form.requestSubmit(button);
  });
};

const box = document.getElementById("intake-box");
if (box) {
  onCtrlEnter(box, box, box.querySelector("button[type=submit]"));
  if (document.body.classList.contains("intake")) box.querySelector("textarea").focus();
}

const draft = document.getElementById("intake-draft");
if (draft) {
  const record = draft.querySelector(".draft-actions [name=record]");
  onCtrlEnter(document, draft, record);

  const marks = [...draft.querySelectorAll("mark.said")];
  const rows = [...draft.querySelectorAll(".draft-row")];
  const ticks = [...draft.querySelectorAll(".draft-use input")];
  const show = (names) => {
    marks.forEach((mark) => mark.classList.toggle("is-on", mark.dataset.says.split(" ").some((name) => names.includes(name))));
    rows.forEach((row) => row.classList.toggle("is-on", names.includes(row.dataset.name)));
  };
  const into = (element, frame) => {
    if (element && frame && frame.scrollHeight > frame.clientHeight) {
      frame.scrollTop += element.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 3;
    }
  };
  draft.addEventListener("focusin", (event) => {
    const row = event.target.closest(".draft-row");
    const mark = event.target.closest("mark.said");
    if (row) {
      show([row.dataset.name]);
      into(marks.find((one) => one.classList.contains("is-on")), draft.querySelector(".draft-source"));
    } else if (mark) show(mark.dataset.says.split(" "));
    else show([]);
  });
  draft.addEventListener("input", (event) => {
    const row = event.target.closest(".draft-row");
    const tick = row && row.querySelector(".draft-use input");
    if (tick && event.target !== tick) tick.checked = true;
  });
  draft.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !ticks.includes(event.target)) return;
    event.preventDefault();
    event.target.checked = true;
    const next = ticks.find((tick) => !tick.checked);
    (next || record).focus();
  });
  const first = draft.querySelector(".draft-row.errors input, .draft-row.errors select")
    || (draft.querySelector(".errornote") && draft.querySelector("[name=is_another]"))
    || draft.querySelector(".draft-groups input:checked")
    || ticks.find((tick) => !tick.checked);
  if (first && !location.hash) first.focus({ preventScroll: !draft.querySelector(".errornote") });
}

const waits = document.getElementById("intake-waits");
if (waits) {
  const sentence = document.getElementById("intake-sentence");
  const steps = [...waits.querySelectorAll(".intake-steps li")];
  const names = ["waiting", "fetching", "reading"];
  const look = async () => {
    try {
      const answer = await fetch(waits.dataset.state, { redirect: "error" });
      if (answer.ok) {
        const told = await answer.json();
        if (told.is_over) {
          location.reload();
          return;
        }
        if (sentence.textContent !== told.sentence) sentence.textContent = told.sentence;
        const at = names.indexOf(told.state);
        steps.forEach((step, index) => {
          step.classList.toggle("is-done", index < at);
          step.classList.toggle("is-now", index === at);
        });
      }
    } catch { /* the next look may have more luck */ }
    setTimeout(look, 1000);
  };
  setTimeout(look, 500);
}

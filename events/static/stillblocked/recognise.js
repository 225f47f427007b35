// While an address, a group's name or an order's number is typed: says what is recorded of it, and picks it.
// Without this script the same is found when the form is saved.

const WAIT = 350;

const pickInto = (id, [value, words]) => {
  const select = document.getElementById(id);
  if (!select || select.value === value) return;
  if (![...select.options].some((option) => option.value === value)) select.add(new Option(words, value));
  if (select.multiple) [...select.options].find((option) => option.value === value).selected = true;
  else select.value = value;
  window.django.jQuery(select).trigger("change");
};
const isEmpty = (id) => !document.getElementById(id)?.value;
const element = (name, values = {}, ...children) => {
  const made = Object.assign(document.createElement(name), values);
  made.append(...children);
  return made;
};

const show = {
  address: (told) => {
    const picks = ["page", "group", "platform"].filter((name) => told[name]?.length).map((name) => [`id_${name}`, told[name][0]]);
    picks.filter(([id]) => isEmpty(id)).forEach(([id, pick]) => pickInto(id, pick));
    return [];
  },
  new_group: (told, input) => told.group.map((pick) => {
    const button = element("button", { type: "button", className: "button", textContent: pick[1] });
    button.addEventListener("click", () => {
      pickInto("id_group", pick);
      input.value = "";
      input.dispatchEvent(new Event("input", { bubbles: true }));
      document.getElementById("id_territory").focus();
    });
    return button;
  }),
  order_number: (told) => {
    if (!told.orders.length) return [];
    const another = ["new", document.getElementById("opening").dataset.another];
    return [...told.orders, another].map(([value, words]) =>
      element("label", {}, element("input", { type: "radio", name: "order_choice", value }), element("bdi", { textContent: ` ${words}` })));
  },
};

const watch = (input, address) => {
  const name = input.name;
  const said = element("div", { className: "recognised", hidden: true });
  said.setAttribute("role", "status");
  (input.closest(".flex-container") || input).after(said);
  let last = input.value;
  let timer = null;

  const ask = async () => {
    const typed = input.value.trim();
    if (!typed) { said.hidden = true; said.replaceChildren(); return; }
    try {
      const answer = await fetch(`${address}?${new URLSearchParams({ [name]: typed })}`, { redirect: "error" });
      if (!answer.ok || typed !== input.value.trim()) return;
      const told = (await answer.json())[name];
      if (name === "new_group") askWhetherAnother(told.group.length > 0);
      said.hidden = false;
      said.classList.toggle("wrong", Boolean(told.is_wrong));
      said.replaceChildren(element("p", {}, element("bdi", { textContent: told.says })), ...(told.is_wrong ? [] : show[name](told, input)));
    } catch { /* the save finds the same */ }
  };
  input.addEventListener("input", () => {
    if (input.value === last) return;
    last = input.value;
    if (name === "order_number") document.getElementById("id_order_choice")?.replaceChildren();
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
};

// Whether it is another group of the same name is asked only where there is one.
const another = document.querySelector(".form-row.field-is_another_group");
const askWhetherAnother = (isAsked) => another?.classList.toggle("unasked", !isAsked && !another.querySelector(":checked"));
askWhetherAnother(Boolean(document.querySelector(".field-new_group .errorlist, .errors .field-new_group")));

const opening = document.getElementById("opening");
if (opening) ["address", "new_group", "order_number"].forEach((name) => {
  const input = document.getElementById(`id_${name}`);
  if (input) watch(input, opening.dataset.recognise);
});

// Beside each date: how it is understood, in words and with its precision.
const UNITS = ["year", "month", "day"];
const words = (text) => {
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text);
  if (!parts) return "";
  const given = parts.slice(1).filter(Boolean).map(Number);
  const day = new Date(Date.UTC(given[0], (given[1] || 1) - 1, given[2] || 1));
  if (day.getUTCMonth() + 1 !== (given[1] || 1) || day.getUTCDate() !== (given[2] || 1)) return "";
  const shown = { year: "numeric", timeZone: "UTC" };
  if (given.length > 1) shown.month = "long";
  if (given.length > 2) shown.day = "numeric";
  return `${new Intl.DateTimeFormat(document.documentElement.lang, shown).format(day)} · ${opening.dataset[UNITS[given.length - 1]]}`;
};
const read = (input) => {
  let beside = input.nextElementSibling;
  if (!beside?.matches("output.understood")) {
    beside = element("output", { className: "understood" });
    beside.setAttribute("for", input.id);
    input.after(beside);
  }
  const ends = input.value.trim().split("/").map(words);
  beside.textContent = ends.every(Boolean) && ends.length < 3 ? ends.join(" – ") : "";
};
if (opening) {
  document.querySelectorAll("input.imprecise-date").forEach(read);
  document.addEventListener("input", (event) => { if (event.target.matches("input.imprecise-date")) read(event.target); });
}

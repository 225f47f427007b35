// Names for what the stock admin leaves nameless to a screen reader: autocompletes and the cells of inline tables.
"use strict";

(() => {
  const text = (element) => (element ? element.textContent.replace(/[:\s]+/g, " ").trim() : "");

  const nameSelect = (select) => {
    const label = text(document.querySelector(`label[for="${CSS.escape(select.id)}"]`)) || select.getAttribute("aria-label");
    const box = select.parentElement.querySelector(".select2-selection");
    if (!label || !box) return;
    const shown = text(box.querySelector(".select2-selection__rendered"));
    box.removeAttribute("aria-labelledby");
    box.querySelectorAll("[role=textbox]").forEach((value) => ["role", "aria-readonly"].forEach((name) => value.removeAttribute(name)));
    box.setAttribute("aria-label", shown ? `${label}: ${shown}` : label);
    box.querySelectorAll(".select2-search__field").forEach((field) => field.setAttribute("aria-label", label));
  };

  const nameCell = (cell) => {
    const head = cell.closest("table").querySelectorAll("thead th, thead td")[cell.cellIndex];
    cell.querySelectorAll("input:not([type=hidden]), select, textarea").forEach((field) => {
      if (!field.labels || !field.labels.length) field.setAttribute("aria-label", text(head));
    });
  };

  const name = () => {
    document.querySelectorAll(".inline-group .tabular tbody td").forEach(nameCell);
    document.querySelectorAll("select.admin-autocomplete").forEach(nameSelect);
  };

  // Autocompletes and new rows appear when other scripts please, so the page itself is watched.
  let isAsked = false;
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    setTimeout(() => { isAsked = false; name(); });
  };
  new MutationObserver(ask).observe(document.body, { childList: true, subtree: true });
  ask();
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(".select2-search__field") && !event.target.hasAttribute("aria-label")) {
      event.target.setAttribute("aria-label", event.target.getAttribute("placeholder") || document.title);
    }
  });
})();

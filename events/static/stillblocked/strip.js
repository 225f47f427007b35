// The strip is one stop of the Tab key, walked with the arrow keys, and says aloud on the page what is under the pointer.
// Without this script every cell is a stop of its own, and the table says the same.

const STOPS = ".cell, .mark, .episode";

const walk = (strip) => {
  const said = strip.querySelector(".strip-said");
  const visible = () => [...strip.querySelectorAll(STOPS)].filter((stop) => !stop.closest("details:not([open])"));
  let current = null;

  const stand = (stop) => {
    if (current) current.setAttribute("tabindex", "-1");
    current = stop;
    if (stop) stop.setAttribute("tabindex", "0");
  };
  const say = (stop) => {
    if (!stop) return;
    said.hidden = false;
    said.textContent = stop.getAttribute("aria-label");
  };
  const lines = () => [...strip.querySelectorAll("svg[role=group]")].filter((line) => line.querySelector(STOPS) && !line.closest("details:not([open])"));
  const centre = (stop) => { const box = stop.getBoundingClientRect(); return box.left + box.width / 2; };
  const near = (line, x) => [...line.querySelectorAll(STOPS)].reduce((best, stop) =>
    Math.abs(centre(stop) - x) < Math.abs(centre(best) - x) ? stop : best);
  const across = (step) => {
    const all = lines();
    const line = all[all.indexOf(current.closest("svg[role=group]")) + step];
    return line ? near(line, centre(current)) : null;
  };
  const along = (step) => {
    const stops = [...current.closest("svg[role=group]").querySelectorAll(STOPS)];
    return stops[stops.indexOf(current) + step];
  };
  const moves = {
    ArrowRight: () => along(1), ArrowLeft: () => along(-1), ArrowUp: () => across(-1), ArrowDown: () => across(1),
    Home: () => current.closest("svg[role=group]").querySelector(STOPS),
    End: () => [...current.closest("svg[role=group]").querySelectorAll(STOPS)].at(-1),
  };

  strip.querySelectorAll(STOPS).forEach((stop) => stop.setAttribute("tabindex", "-1"));
  stand(visible().filter((stop) => stop.matches(".strip-territory .cell")).at(-1) || visible()[0]);
  strip.addEventListener("focusin", (event) => {
    const stop = event.target.closest(STOPS);
    if (stop) { stand(stop); say(stop); }
  });
  strip.addEventListener("pointerover", (event) => say(event.target.closest(STOPS)));
  strip.addEventListener("keydown", (event) => {
    if (!event.target.closest(STOPS) || !moves[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = moves[event.key]();
    if (next) next.focus();
  });
  strip.addEventListener("toggle", () => { if (!visible().includes(current)) stand(visible()[0]); }, true);
};

document.querySelectorAll(".strip").forEach(walk);

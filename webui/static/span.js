// A span of time chosen on the timeline of a search: by dragging over its columns, on a touch screen after a moment's
// rest where the drawing itself moves sideways, or from a bar with Shift and the arrows. Each bar stays a link.
import { tell } from "./store.js";

const REST = 350;
const STILL = 10;

let chart = null;
let columns = [];
let first = -1;
let last = -1;
let from = null;
let resting = 0;
let dragged = false;

export function offerSpans() {
  document.addEventListener("baoku:shown", begin);
  document.addEventListener("keydown", key);
  addEventListener("resize", fit);
  begin();
}

// Every timeline is a new one after an update in place.
function begin() {
  chart = document.querySelector("svg.histogram");
  columns = chart ? [...chart.querySelectorAll("[data-period]")] : [];
  pick(-1, -1);
  if (columns.length < 2) return;
  chart.addEventListener("pointerdown", press);
  chart.addEventListener("pointermove", move);
  chart.addEventListener("pointerup", release);
  chart.addEventListener("pointercancel", stop);
  chart.addEventListener("click", (event) => dragged && event.preventDefault(), true);
  chart.addEventListener("dragstart", (event) => event.preventDefault());
  chart.addEventListener("contextmenu", (event) => first >= 0 && event.preventDefault());
  // The page does not move under a finger that chooses.
  chart.addEventListener("touchmove", (event) => first >= 0 && event.preventDefault(), { passive: false });
  fit();
}

// Where all columns fit in, a finger may drag at once: there is nothing to be moved sideways.
function fit() {
  const plot = chart?.parentElement;
  chart?.classList.toggle("whole", plot.scrollWidth <= plot.clientWidth);
}

function press(event) {
  if (!event.isPrimary || event.button !== 0) return;
  dragged = false;
  from = { x: event.clientX, y: event.clientY, column: at(event.clientX) };
  const moves = event.pointerType === "touch" && !chart.classList.contains("whole");
  from.ready = !moves;
  if (moves) resting = setTimeout(() => rested(), REST);
}

function rested() {
  from.ready = dragged = true;
  pick(from.column, from.column);
}

function move(event) {
  if (!from) return;
  if (!from.ready) {
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL) stop();
    return;
  }
  const here = at(event.clientX);
  if (!dragged && here === from.column) return;
  dragged = true;
  chart.setPointerCapture(event.pointerId);
  pick(from.column, here);
}

function release() {
  const chosen = first >= 0;
  from = null;
  clearTimeout(resting);
  if (chosen) visit();
}

function stop() {
  from = null;
  clearTimeout(resting);
  pick(-1, -1);
}

function key(event) {
  const here = columns.indexOf(document.activeElement);
  if (here < 0) return;
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (event.shiftKey && step) extend(here, step);
  else if (event.key === "Enter" && first >= 0) visit();
  else if (event.key === "Escape" && first >= 0) pick(-1, -1);
  else return;
  event.preventDefault();
}

// The focused bar is one end of the span; the other end is moved.
function extend(here, step) {
  const end = first < 0 ? here : first === here ? last : first;
  pick(here, Math.min(Math.max(end + step, 0), columns.length - 1));
  columns[here === first ? last : first].scrollIntoView?.({ block: "nearest", inline: "nearest" });
  tell(spoken());
}

function pick(one, other) {
  [first, last] = [Math.min(one, other), Math.max(one, other)];
  columns.forEach((column, number) => column.classList.toggle("picked", number >= first && number <= last && first >= 0));
  const shown = document.querySelector("[data-span]");
  if (shown) shown.textContent = first < 0 ? "" : spoken();
}

function spoken() {
  const names = [...document.querySelectorAll(".timeline .numbers tbody th")].map((name) => name.textContent);
  const { one, several } = document.querySelector("[data-span]").dataset;
  return (first === last ? one : several).replace("{first}", names[first]).replace("{last}", names[last]);
}

// As if a link to the search had been followed: what updates in place does so here, too.
function visit() {
  const target = new URL(chart.dataset.anytime, location.href);
  target.searchParams.set("from", columns[first].dataset.period);
  target.searchParams.set("to", columns[last].dataset.period);
  const link = Object.assign(document.createElement("a"), { href: target.href, hidden: true });
  chart.closest("figure").append(link);
  link.click();
  link.remove();
}

function at(x) {
  const place = columns.findIndex((column) => x < column.getBoundingClientRect().right);
  return place < 0 ? columns.length - 1 : place;
}

// The marked articles of this browser, and the buttons that mark.
import { load, onChangeElsewhere, save, tell } from "./store.js";
import { say } from "./words.js";

export const FIELDS = ["id", "title", "date", "source", "url", "marked"];

// Newest first; what has been spoilt in the store is left out.
export function marks() {
  return readable(load("marks", []));
}

// The marks in what a store or a file holds: objects with an id and a title, reduced to the fields of a mark.
export function readable(list) {
  const known = (value) => [value?.id, value?.title].every((text) => typeof text === "string" && text);
  const text = (value) => (typeof value === "string" ? value : "");
  const mark = (value) => Object.fromEntries(FIELDS.map((field) => [field, text(value[field])]));
  return Array.isArray(list) ? list.filter(known).map(mark) : [];
}

// Keeps the list and shows it everywhere; the reader is told when the browser has no room for it.
export function keep(list) {
  if (!save("marks", list)) alert(say("浏览器记不下：存储已满，或不许网页存储。"));
  showMarks();
}

export function offerMarks() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-mark]");
    if (button) toggle(button);
  });
  document.addEventListener("baoku:shown", showMarks);
  onChangeElsewhere(showMarks);
  showMarks();
}

export function showMarks() {
  const list = marks();
  const ids = new Set(list.map(({ id }) => id));
  for (const button of document.querySelectorAll("button[data-mark]")) {
    const on = ids.has(button.dataset.mark);
    Object.assign(button, { ariaPressed: String(on), ariaLabel: say("收藏 {title}", { title: button.dataset.title }) });
  }
  counter().textContent = list.length ? ` ${list.length}` : "";
}

// Made of the id alone: an imported list must not lead anywhere else.
export function articleAddress(id) {
  const { pathname, search } = new URL(counter().dataset.article, location.href);
  return pathname + id.split("/").map(encodeURIComponent).join("/") + search;
}

function counter() {
  return document.querySelector("[data-marks]");
}

function toggle({ dataset: { mark: id, title, date, source } }) {
  const others = marks().filter((mark) => mark.id !== id);
  const taken = others.length < marks().length;
  const one = { id, title, date, source, url: permanent(id), marked: new Date().toISOString() };
  keep(taken ? others : [one, ...others]);
  tell(taken ? say("已移出收藏夹") : say("已收藏"));
}

// The same in every language.
function permanent(id) {
  const { origin, pathname } = new URL(articleAddress(id), location.href);
  return origin + pathname;
}

// Filters, parts of the query and page numbers change the page in place: the page that the address stands for is
// fetched, and its main part and the form's hidden fields take the place of the present ones.
import { tell } from "./store.js";
import { say } from "./words.js";

let box = null;
let pending = null;
let shown = "";
let touched = null;
const places = new Map();

export function updateInPlace(searchBox) {
  box = searchBox;
  shown = address(location);
  // Of the browser's own memory of places only that between pages is used.
  history.scrollRestoration = "manual";
  addEventListener("pagehide", () => (history.scrollRestoration = "auto"));
  addEventListener("pageshow", () => (history.scrollRestoration = "manual"));
  addEventListener("scroll", () => places.set(shown, scrollY), { passive: true });
  addEventListener("popstate", back);
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("main :is(input[type=checkbox], select)[form=search]")) return;
    touched = target;
    box.form.requestSubmit();
  });
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    visit(`${box.form.action}?${state(event.submitter)}`);
  });
  document.addEventListener("click", follow);
}

// What the form stands for, with the button that was pressed.
function state(pressed) {
  const fields = new FormData(box.form);
  if (pressed?.name) fields.append(pressed.name, pressed.value);
  return new URLSearchParams(fields);
}

function back() {
  if (address(location) !== shown) return visit(location.href, { back: true });
  pending?.abort();
  return document.querySelector("main").removeAttribute("aria-busy");
}

function follow(event) {
  const link = event.target.closest("main a[href]");
  const plainly = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !plainly || event.defaultPrevented) return;
  // The links of a chart have no address of their own but this.
  const target = new URL(link.getAttribute("href"), location.href);
  if (!isSearch(target)) return;
  event.preventDefault();
  touched = link;
  visit(target.href, { top: Boolean(link.closest(".pages ul")) });
}

function isSearch({ origin, pathname, hash }) {
  return !hash && origin === location.origin && pathname === new URL(box.form.action).pathname;
}

// One at a time: a newer wish replaces an older one. What cannot be shown in place is visited as a page.
async function visit(target, { back = false, top = false } = {}) {
  pending?.abort();
  pending = new AbortController();
  const { signal } = pending;
  const control = touched ?? document.activeElement;
  touched = null;
  document.querySelector("main").ariaBusy = "true";
  const page = await fetched(target, signal);
  if (signal.aborted) return;
  if (!page) return back ? location.reload() : location.assign(target);
  if (!back && new URL(target).href !== location.href) history.pushState(null, "", target);
  shown = address(location);
  show(page, control, { back, top });
}

// The page, or null where there is none to be shown in place.
async function fetched(target, signal) {
  try {
    const answer = await fetch(target, { signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return answer.ok && page.body.classList.contains("search") ? page : null;
  } catch {
    return null;
  }
}

function show(page, control, { back, top }) {
  const before = control.getBoundingClientRect().top;
  const selector = control.closest("main") && handle(control);
  const open = [...document.querySelectorAll("main details[id][open]")].map(({ id }) => id);
  replaceAll(page);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  document.dispatchEvent(new Event("baoku:shown"));
  const total = document.getElementById("total");
  total.tabIndex = -1;
  const same = selector && !top && document.querySelector(selector);
  if (selector) (same || total).focus({ preventScroll: true });
  // The control stays where it was under the eye or the finger.
  if (back) scrollTo(0, places.get(shown) ?? 0);
  else if (same) scrollBy(0, same.getBoundingClientRect().top - before);
  else if (top || !selector) scrollTo(0, 0);
  tell(summary(total));
}

function replaceAll(page) {
  document.title = page.title;
  for (const part of ["main", "#languages"]) document.querySelector(part).replaceWith(page.querySelector(part));
  const alternates = (of) => [...of.querySelectorAll("link[rel=alternate]")];
  alternates(document).forEach((link) => link.remove());
  document.head.append(...alternates(page));
  const hidden = (form) => [...form.querySelectorAll("input[type=hidden]")];
  hidden(box.form).forEach((field) => field.remove());
  box.form.append(...hidden(page.getElementById("search")));
  box.value = page.getElementById("q").value;
}

// Where a control is found again after an update.
function handle(control) {
  if (control.id) return `#${CSS.escape(control.id)}`;
  if (control.name) return `main [name="${CSS.escape(control.name)}"][value="${CSS.escape(control.value)}"]`;
  const label = control.getAttribute("aria-label");
  return label ? `main a[aria-label="${CSS.escape(label)}"]` : "#total";
}

function summary(total) {
  const page = document.querySelector(".pages [aria-current]");
  const words = total.firstChild.textContent;
  return page ? say("{words}，第 {page} 页", { words, page: page.dataset.page }) : words;
}

function address({ pathname, search }) {
  return pathname + search;
}

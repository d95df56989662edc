// The slash leads to the search box, unless somebody is writing or has turned that off (WCAG 2.1.4).
import { wanted } from "./store.js";

const WRITING = "input:not([type=checkbox]), textarea, select, [contenteditable]";

export function focusBySlash(box) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(WRITING) || !wanted("slash")) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}

// Whether the key belongs to an input method; some browsers tell the last one of a composition by its code alone.
export function composing(event) {
  return event.isComposing || event.keyCode === 229;
}

// The last searches that found something, kept in this browser alone.
import { load, save, wanted } from "./store.js";

const MOST = 8;

export function recentSearches() {
  const kept = load("recent", []);
  return Array.isArray(kept) ? kept.filter((query) => typeof query === "string") : [];
}

export function forgetSearches() {
  save("recent", []);
}

// Now and after every update in place.
export function rememberSearches(box) {
  const remember = () => {
    if (!wanted("recent") || !box.value.trim() || !document.querySelector(".hits")) return;
    const others = recentSearches().filter((query) => query !== box.value);
    save("recent", [box.value, ...others].slice(0, MOST));
  };
  document.addEventListener("baoku:shown", remember);
  remember();
}

// The search box as a combobox: a list under it, arrows, Enter and Escape, as the ARIA practices have it for an
// editable combobox with manual choice. It keeps still while an input method composes.
import { composing } from "./keys.js";
import { forgetSearches, recentSearches } from "./recent.js";
import { tell } from "./store.js";
import { suggestions } from "./suggest.js";
import { say, sayCount } from "./words.js";

const PAUSE = 120;

export function offerCompletions(box) {
  new Combobox(box).listen();
}

class Combobox {
  #box;
  #list = document.createElement("ul");
  #options = [];
  #active = -1;
  #timer = 0;
  #asking = null;

  constructor(box) {
    this.#box = box;
    Object.assign(this.#list, { id: "completions", role: "listbox", ariaLabel: say("联想"), hidden: true });
    box.form.append(this.#list);
    // A search field has a role of its own that allows no list.
    Object.assign(box, { type: "text", role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" });
    box.setAttribute("aria-controls", this.#list.id);
  }

  listen() {
    const box = this.#box;
    box.addEventListener("input", (event) => event.isComposing || this.#ask(PAUSE));
    box.addEventListener("compositionstart", () => this.#close());
    box.addEventListener("compositionend", () => this.#ask(PAUSE));
    box.addEventListener("keydown", (event) => composing(event) || this.#key(event));
    box.addEventListener("focus", () => box.value || this.#ask(0));
    box.addEventListener("click", () => box.value || this.#ask(0));
    box.addEventListener("blur", () => this.#close());
    box.form.addEventListener("submit", () => this.#close());
    // The box keeps the focus while an option is clicked.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => this.#choose([...this.#list.children].indexOf(event.target.closest("li"))));
  }

  #key(event) {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (this.#list.hidden) this.#ask(0);
      else this.#move(key === "ArrowDown" ? 1 : -1);
    } else if (key === "Enter" && this.#active >= 0) this.#choose(this.#active);
    else if (key === "Escape" && !this.#list.hidden) this.#close();
    else return;
    event.preventDefault();
  }

  // Asks anew once nothing has been typed for a while; what was asked before no longer matters.
  #ask(pause) {
    this.#forget();
    this.#timer = setTimeout(async () => {
      this.#asking = new AbortController();
      const { signal } = this.#asking;
      const options = await this.#found(signal).catch(() => []);
      if (!signal.aborted) this.#show(options);
    }, pause);
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
  }

  async #found(signal) {
    const typed = this.#box.value;
    return typed.trim() ? suggestions(this.#box.dataset.suggest, typed, signal) : recent();
  }

  #show(options) {
    if (!options.length || document.activeElement !== this.#box) return this.#close();
    this.#options = options;
    this.#list.replaceChildren(...options.map(item));
    this.#list.hidden = false;
    this.#box.ariaExpanded = "true";
    this.#mark(-1);
    tell(sayCount("{n} 条，用上下键选", options.length));
  }

  #close() {
    this.#forget();
    this.#list.hidden = true;
    this.#box.ariaExpanded = "false";
    this.#mark(-1);
  }

  // Through the list and the box itself, round and round.
  #move(step) {
    const places = this.#options.length + 1;
    this.#mark(((this.#active + 1 + step + places) % places) - 1);
  }

  #mark(number) {
    this.#active = number;
    [...this.#list.children].forEach((option, at) => (option.ariaSelected = String(at === number)));
    const active = this.#list.children[number];
    active?.scrollIntoView({ block: "nearest" });
    if (active) this.#box.setAttribute("aria-activedescendant", active.id);
    else this.#box.removeAttribute("aria-activedescendant");
  }

  #choose(number) {
    const option = this.#options[number];
    if (!option) return;
    this.#close();
    if (option.act) return option.act();
    this.#box.value = option.value;
    this.#box.form.requestSubmit();
  }
}

function recent() {
  const searches = recentSearches().map((value) => ({ value, kind: say("检索过"), text: value, count: "" }));
  const clear = { kind: "", text: say("清除最近的检索"), count: "", act: forgetSearches };
  return searches.length ? [...searches, clear] : [];
}

function item({ kind, text, count }, number) {
  const option = document.createElement("li");
  Object.assign(option, { id: `completion-${number}`, role: "option" });
  for (const [className, textContent] of Object.entries({ kind, words: text, count })) {
    option.append(Object.assign(document.createElement("span"), { className, textContent }), " ");
  }
  return option;
}

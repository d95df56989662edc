// A box in every long list of filters that shows only the values with what is typed into it.
import { say } from "./words.js";

const LONG = 8;
const typed = new Map();

// Lists that are opened get their box then; what was typed outlives an update in place.
export function narrowLists() {
  document.addEventListener("toggle", ({ target }) => target.open && offer(target), true);
  document.addEventListener("baoku:shown", offerAll);
  offerAll();
}

function offerAll() {
  document.querySelectorAll("details[data-narrow][open]").forEach(offer);
}

function offer(details) {
  const values = [...details.querySelectorAll(":scope > ul > li")];
  if (!details.dataset.narrow || values.length <= LONG || details.querySelector(".narrowing")) return;
  const box = document.createElement("input");
  Object.assign(box, { id: `narrow-${details.id}`, type: "search", className: "narrowing", autocomplete: "off" });
  box.ariaLabel = box.placeholder = say("在{facet}里找", { facet: details.dataset.narrow });
  box.value = typed.get(box.id) ?? "";
  const nothing = Object.assign(document.createElement("p"), { className: "none", textContent: say("没有这样的"), role: "status" });
  const narrow = () => {
    typed.set(box.id, box.value);
    const wanted = plain(box.value);
    for (const value of values) value.hidden = !plain(value.querySelector(".name, s")?.textContent ?? "").includes(wanted);
    nothing.hidden = values.some((value) => !value.hidden);
  };
  box.addEventListener("input", (event) => event.isComposing || narrow());
  box.addEventListener("compositionend", narrow);
  details.querySelector("summary").after(box, nothing);
  narrow();
}

function plain(text) {
  return text.normalize("NFKC").toLowerCase().trim();
}

// What a browser with JavaScript adds to the pages. Without it every page does the same by links and buttons,
// but for the marked list, which only the browser keeps.
import { offerCompletions } from "./box.js";
import { updateInPlace } from "./in-place.js";
import { focusBySlash } from "./keys.js";
import { offerMarks } from "./marks.js";
import { narrowLists } from "./narrow.js";
import { rememberSearches } from "./recent.js";
import { offerSpans } from "./span.js";

const box = document.getElementById("q");

// Empty fields stay out of the address.
box.form.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) {
    if (!value) formData.delete(name);
  }
});

offerCompletions(box);
focusBySlash(box);
offerMarks();
if (document.body.classList.contains("search")) {
  rememberSearches(box);
  narrowLists();
  offerSpans();
  updateInPlace(box);
}

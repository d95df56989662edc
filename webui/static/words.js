// What the scripts say, in the language of the page. Chinese is what stands in the scripts themselves; for other
// languages the page brings a catalogue.
const catalogue = JSON.parse(document.getElementById("script-words")?.textContent ?? "{}");

export function say(text, values = {}) {
  return filled(catalogue[text] ?? text, values);
}

// About a number of things; Chinese has one form for all numbers.
export function sayCount(text, n, values = {}) {
  const forms = catalogue[text] ?? [text];
  return filled(n === 1 ? forms[0] : forms.at(-1), { n, ...values });
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

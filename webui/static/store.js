// What this browser remembers, under names of its own; a browser that refuses to remember is no error.
const PREFIX = "baoku.";

export function load(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

// Whether it could be kept: the room may be full, or forbidden.
export function save(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

// Settings are on unless they were turned off.
export function wanted(setting) {
  return load("settings", {})[setting] !== false;
}

export function want(setting, on) {
  save("settings", { ...load("settings", {}), [setting]: on });
}

// Calls back when another window of this browser has changed something.
export function onChangeElsewhere(act) {
  addEventListener("storage", act);
}

// Says something to those who cannot see it.
export function tell(words) {
  document.getElementById("told").textContent = words;
}

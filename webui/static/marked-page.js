// The page of the marked articles: the list, taking it along and bringing it back, and what this browser remembers.
import { articleAddress, FIELDS, keep, marks, readable, showMarks } from "./marks.js";
import { forgetSearches } from "./recent.js";
import { onChangeElsewhere, tell, want, wanted } from "./store.js";
import { fromCsv, toCsv } from "./table.js";
import { say, sayCount } from "./words.js";

const FORMS = {
  json: { type: "application/json", text: (list) => `${JSON.stringify(list, FIELDS, 2)}\n` },
  csv: { type: "text/csv", text: (list) => toCsv(FIELDS, list) },
};

export function showMarkedPage() {
  if (!document.getElementById("marks")) return;
  for (const button of document.querySelectorAll("[data-export]")) {
    button.addEventListener("click", () => download(button.dataset.export));
  }
  document.getElementById("import").addEventListener("change", bringIn);
  document.getElementById("clear-marks").addEventListener("click", clear);
  document.getElementById("clear-recent").addEventListener("click", () => {
    forgetSearches();
    tell(say("最近的检索已清除"));
  });
  document.querySelectorAll("[data-setting]").forEach(offerSetting);
  onChangeElsewhere(list);
  list();
}

function list() {
  const kept = marks();
  document.getElementById("no-marks").hidden = kept.length > 0;
  document.getElementById("marks").replaceChildren(...kept.map(row));
  showMarks();
}

// The button of a row stays when it is pressed, so that a slip can be taken back.
function row(mark) {
  const item = document.getElementById("mark-row").content.firstElementChild.cloneNode(true);
  const link = item.querySelector("a");
  link.href = articleAddress(mark.id);
  link.textContent = mark.title;
  item.querySelector(".date").textContent = mark.date;
  item.querySelector(".source").textContent = mark.source;
  const { id, title, date, source } = mark;
  Object.assign(item.querySelector("button").dataset, { mark: id, title, date, source });
  return item;
}

function download(form) {
  const { type, text } = FORMS[form];
  const address = URL.createObjectURL(new Blob([text(marks())], { type }));
  const day = new Date().toLocaleDateString("sv");
  Object.assign(document.createElement("a"), { href: address, download: `${say("报库收藏")}-${day}.${form}` }).click();
  setTimeout(() => URL.revokeObjectURL(address));
}

async function bringIn({ target }) {
  const [file] = target.files;
  if (!file) return;
  const read = records(file.name, await file.text());
  const good = readable(read);
  const ids = new Set(marks().map(({ id }) => id));
  const fresh = good.filter(({ id }) => !ids.has(id) && ids.add(id));
  keep([...fresh, ...marks()]);
  list();
  target.value = "";
  report(imported(read.length, good.length, fresh.length));
}

function imported(read, good, fresh) {
  if (!good) return say("这个文件里没有读得懂的收藏。");
  const values = { old: good - fresh, bad: read - good };
  if (values.bad) return sayCount("导入 {n} 篇，已有 {old} 篇，{bad} 条读不懂。", fresh, values);
  return sayCount("导入 {n} 篇，已有 {old} 篇。", fresh, values);
}

function records(name, text) {
  try {
    const read = name.toLowerCase().endsWith(".csv") ? fromCsv(text) : JSON.parse(text);
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}

function clear() {
  if (!marks().length || !confirm(sayCount("清空收藏夹里的 {n} 篇？", marks().length))) return;
  keep([]);
  list();
  report(say("收藏夹已清空。"));
}

function report(words) {
  document.getElementById("imported").textContent = words;
}

function offerSetting(control) {
  const { setting } = control.dataset;
  control.checked = wanted(setting);
  control.addEventListener("change", () => {
    want(setting, control.checked);
    if (setting === "recent" && !control.checked) forgetSearches();
  });
}

// The page of the marked articles: the list, taking it along and bringing it back, and what this browser remembers.
import { articlesIn, checked } from "./lists.js";
import { articleAddress, FIELDS, keep, marks, showMarks } from "./marks.js";
import { forgetSearches } from "./recent.js";
import { onChangeElsewhere, tell, want, wanted } from "./store.js";
import { toCsv } from "./table.js";
import { say, sayCount } from "./words.js";

const MOST = 5000;
const NAMED = 10;

const FORMS = {
  json: { type: "application/json", text: (list) => `${JSON.stringify(list, FIELDS, 2)}\n` },
  csv: { type: "text/csv", text: (list) => toCsv(FIELDS, list) },
};

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
  item.querySelector("input").value = id;
  item.querySelector(".pick span").textContent = say("选上 {title}", { title });
  Object.assign(item.querySelector("button").dataset, { mark: id, title, date, source });
  return item;
}

function download(form) {
  const { type, text } = FORMS[form];
  const address = URL.createObjectURL(new Blob([text(marks())], { type }));
  const day = new Date().toLocaleDateString("sv");
  Object.assign(document.createElement("a"), { href: address, download: say("报库收藏-{day}.{form}", { day, form }) }).click();
  setTimeout(() => URL.revokeObjectURL(address));
}

async function bringIn({ target }) {
  const [file] = target.files;
  if (!file) return;
  const read = articlesIn(file.name, await file.text());
  target.value = "";
  const good = [...new Map(read.filter(Boolean).map((one) => [one.id, one])).values()].slice(0, MOST);
  const ids = new Set(marks().map(({ id }) => id));
  const fresh = await told(good.filter(({ id }) => !ids.has(id)));
  if (!fresh) return report(say("库没有应答，没有导入。请稍后再试。"));
  const now = new Date().toISOString();
  const made = ({ id, title, date, source, marked }) =>
    ({ id, title, date, source, url: new URL(articleAddress(id), location.href).href, marked: marked || now });
  keep([...fresh.map(made), ...marks()]);
  list();
  report(imported(read, good, fresh));
}

// What the archive knows of the articles; null where it does not answer.
async function told(articles) {
  try {
    return await checked(articles, document.getElementById("import").dataset.articles);
  } catch {
    return null;
  }
}

function imported(read, good, fresh) {
  if (!good.length) return say("这个文件里没有读得懂的收藏。");
  const bad = read.filter((one) => !one).length;
  const unknown = fresh.filter(({ known }) => !known).map(({ title }) => title);
  const left = new Set(read.filter(Boolean).map(({ id }) => id)).size - good.length;
  return [
    say("导入 {fresh} 篇，已有 {there} 篇。", { fresh: fresh.length, there: good.length - fresh.length }),
    bad && sayCount("有 {n} 条读不懂。", bad),
    left && sayCount("一次最多导入 {most} 篇，后面 {n} 篇没有导入。", left, { most: MOST }),
    unknown.length && sayCount("有 {n} 篇库中没有，也留在单子里：{titles}。", unknown.length, { titles: unknown.slice(0, NAMED).join(" · ") }),
  ].filter(Boolean).join("");
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

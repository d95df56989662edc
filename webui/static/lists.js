// Lists of articles in files: those that Baoku has exported (CSV, JSON, JSON Lines, RIS, CSL-JSON), read tolerantly.
// Only the ids matter; the archive says what they are, and the rest is kept for those that it does not know.
import { fromCsv } from "./table.js";

const BATCH = 100;

// What stands in a file, one object for each article, and null for each piece that is none; empty for what is no list.
export function articlesIn(name, text) {
  try {
    return pieces(name.toLowerCase(), text).map(article);
  } catch {
    return [];
  }
}

function pieces(name, text) {
  if (name.endsWith(".csv")) return fromCsv(text);
  if (name.endsWith(".jsonl")) return text.split("\n").filter((line) => line.trim()).map(parsed);
  if (name.endsWith(".ris")) return text.split(/^ER {2}-.*$/m).filter((record) => record.trim()).map(fields);
  const read = JSON.parse(text);
  const list = Array.isArray(read) ? read : read.hits;
  return Array.isArray(list) ? list : [];
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function fields(record) {
  const value = (tag) => new RegExp(`^${tag} {2}- (.*)$`, "m").exec(record)?.[1].trim();
  return { id: value("AN"), title: value("TI"), source: value("T2") };
}

function article(piece) {
  const id = piece?.id;
  if (typeof id !== "string" || !id) return null;
  const text = (value) => (typeof value === "string" ? value : "");
  const { title, date, source, newspaper, marked } = piece;
  return { id, title: text(title) || id, date: text(date), source: text(source) || text(newspaper), marked: text(marked) };
}

// The same articles as the archive has them, each with whether it is known there.
export async function checked(articles, address) {
  const known = new Map();
  for (let at = 0; at < articles.length; at += BATCH) {
    const ids = articles.slice(at, at + BATCH).map(({ id }) => ["id", id]);
    const answer = await fetch(`${address}?${new URLSearchParams(ids)}`);
    if (!answer.ok) throw new Error(answer.status);
    for (const { id, state, title, date, source } of (await answer.json()).rows) {
      if (state !== "unknown") known.set(id, { id, title, date, source });
    }
  }
  return articles.map((one) => ({ ...one, ...known.get(one.id), known: known.has(one.id) }));
}

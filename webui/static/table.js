// A table as CSV (RFC 4180 with a byte order mark, as spreadsheets want it) and back.
const BOM = "\ufeff";
const FORMULA = /^[=+\-@\t\r]/;

// Cells that a spreadsheet would take for a formula get an apostrophe.
export function toCsv(fields, rows) {
  const cell = (text) => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const line = (row) => fields.map((field) => cell(row[field])).join(",");
  return `${BOM}${[fields.join(","), ...rows.map(line)].join("\r\n")}\r\n`;
}

// One object for each row, by the names in the first; empty for what has no rows.
export function fromCsv(text) {
  const [fields = [], ...rows] = cells(text.replace(BOM, ""));
  return rows.map((row) => Object.fromEntries(fields.map((field, at) => [field, plain(row[at] ?? "")])));
}

function plain(cell) {
  return cell[0] === "'" && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}

function cells(text) {
  const rows = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? bare);
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell !== ""));
}

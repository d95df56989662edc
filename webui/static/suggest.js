// Completions from the server for the word that is being typed; what stands before it is kept.
const DESCRIPTION = /^(\S+) (.+)(?:，|, )(\d+ \S+)$/;

export async function suggestions(address, typed, signal) {
  const blank = Math.max(...[" ", "\u3000"].map((one) => typed.lastIndexOf(one))) + 1;
  const at = blank + /^[-－(（]*/.exec(typed.slice(blank))[0].length;
  const word = typed.slice(at);
  if (!word || /["“”「」]/.test(word) || insideQuotes(typed)) return [];
  const asked = new URL(address, location.href);
  asked.searchParams.set("q", word);
  const answer = await fetch(asked, { signal });
  if (!answer.ok) return [];
  const [, queries, descriptions] = await answer.json();
  return queries.map((query, number) => ({ value: typed.slice(0, at) + query, ...told(query, descriptions[number]) }));
}

function insideQuotes(typed) {
  return typed.split('"').length % 2 === 0;
}

function told(query, description) {
  const [, kind, text, count] = DESCRIPTION.exec(description) ?? [description, "", query, ""];
  return { kind, text, count };
}

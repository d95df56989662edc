// The page of a long export: looked at again every second, its bar moved, and changed once when there is an end to it.
import { tell } from "./store.js";

const SECOND = 1000;

follow();

function follow() {
  if (document.querySelector("#job progress")) setTimeout(look, SECOND);
}

async function look() {
  const page = await fetched();
  if (page) show(page);
  follow();
}

// The page as it is now, or null while the server cannot be reached.
async function fetched() {
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.getElementById("job") ? page : null;
  } catch {
    return null;
  }
}

function show(page) {
  const now = document.getElementById("job");
  const next = page.getElementById("job");
  document.title = page.title;
  if (next.querySelector("progress")) {
    now.querySelector("progress").value = next.querySelector("progress").value;
    now.querySelector("#told-job").textContent = next.querySelector("#told-job").textContent;
    return;
  }
  const held = now.contains(document.activeElement);
  now.replaceWith(next);
  if (held) next.querySelector("a, button").focus();
  tell(next.querySelector(".verdict").textContent);
}

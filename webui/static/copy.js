// Puts a button beside everything that can be copied. Without this script the text can be selected as it is.
import { say } from "./words.js";

const status = document.querySelector("[data-copy-status]");

for (const part of document.querySelectorAll("[data-copy]")) {
  const name = part.querySelector("dt, summary").textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet copy";
  button.textContent = say("复制");
  button.setAttribute("aria-label", say("复制 {name}", { name }));
  button.addEventListener("click", () => copy(part.querySelector(".copied"), button, name));
  part.querySelector(".copied").before(button);
}

async function copy(source, button, name) {
  const done = await written(source);
  for (const other of document.querySelectorAll(".copy")) other.textContent = say("复制");
  button.textContent = done ? say("已复制") : say("已选中");
  status.textContent = done ? say("已复制 {name}", { name }) : say("{name} 已选中，请按 Ctrl+C 复制", { name });
}

// Browsers offer the clipboard on https and localhost only; elsewhere the text is selected and the old command tried.
async function written(source) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(source.textContent);
      return true;
    } catch {
      // Not allowed: the text is selected instead.
    }
  }
  getSelection().selectAllChildren(source);
  return document.execCommand("copy");
}

// paste: rich text comes in as Markdown, an address over a selection makes a link of it; Ctrl+Shift+V pastes plain, as everywhere.
import { cleaned, isRich, markdown } from "./frommarkup.js";
import { inCode } from "./incode.js";
import { linked } from "./marks.js";
import { change } from "./typing.js";
import { say, word } from "./words.js";

const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/i;

export function paste(area) {
  area.addEventListener("paste", (event) => {
    if (event.defaultPrevented || area.dataset.format === "html") return;
    const { selectionStart: start, selectionEnd: end, value } = area;
    if (inCode(value, start)) return;
    const made = address(event.clipboardData, { value, start, end }) || rich(event.clipboardData, { value, start, end });
    if (!made) return;
    event.preventDefault();
    change(area, made.start, made.end, made.text, made.from, made.to);
    if (made.said) say(made.said);
  });
}

function address(data, selection) {
  const text = data.getData("text/plain").trim();
  const over = selection.value.slice(selection.start, selection.end);
  if (!ADDRESS.test(text) || !over.trim() || over.includes("\n") || ADDRESS.test(over.trim())) return null;
  return linked(selection, text);
}

/** What a code editor puts into the clipboard is text with colours: it is taken as text. */
function rich(data, { value, start, end }) {
  if (!data.types.includes("text/html") || data.types.includes("vscode-editor-data")) return null;
  const body = cleaned(data.getData("text/html"));
  if (!isRich(body)) return null;
  const text = markdown(body);
  if (!text || text === data.getData("text/plain").trim()) return null;
  const blocks = /\n\n|^(?:#|[-*>|] |\d+\. |```)/m.test(text);
  const before = blocks ? gap(value.slice(0, start), /\n*$/) : "";
  const after = blocks && value.slice(end).trim() ? gap(value.slice(end), /^\n*/) : "";
  const from = start + before.length + text.length;
  return { start, end, text: before + text + after, from, to: from, said: word("pasted") };
}

/** The line ends that are missing for an empty line between. */
function gap(beside, ends) {
  return beside.trim() ? "\n".repeat(Math.max(0, 2 - ends.exec(beside)[0].length)) : "";
}

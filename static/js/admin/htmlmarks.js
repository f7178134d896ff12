// htmlmarks: what the toolbar does to a text in HTML; each answers with a change of the text (see marks).
import { lines } from "./blocks.js";

function within({ value, start, end }, open, close) {
  const inside = value.slice(start, end);
  const from = start + open.length;
  return { start, end, text: open + inside + close, from, to: from + inside.length };
}

function each(selection, open, close, tag) {
  const { from, to } = lines(selection);
  const rows = selection.value.slice(from, to).split("\n").filter((row) => row.trim());
  const text = `${open}\n${(rows.length ? rows : [""]).map((row) => `<${tag}>${row.trim()}</${tag}>`).join("\n")}\n${close}`;
  const caret = rows.length ? from + text.length : from + open.length + tag.length + 3;
  return { start: from, end: to, text, from: caret, to: caret };
}

export const HTML = {
  bold: (selection) => within(selection, "<strong>", "</strong>"),
  italic: (selection) => within(selection, "<em>", "</em>"),
  code: (selection) => (selection.value.slice(selection.start, selection.end).includes("\n")
    ? within(selection, "<pre><code>", "</code></pre>")
    : within(selection, "<code>", "</code>")),
  heading: (selection) => within(selection, "<h2>", "</h2>"),
  list: (selection) => each(selection, "<ul>", "</ul>", "li"),
  numbered: (selection) => each(selection, "<ol>", "</ol>", "li"),
  quote: (selection) => each(selection, "<blockquote>", "</blockquote>", "p"),
  link: (selection) => {
    const made = within(selection, '<a href="">', "</a>");
    return { ...made, from: selection.start + 9, to: selection.start + 9 };
  },
};

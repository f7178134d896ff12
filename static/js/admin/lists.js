// lists: Enter goes on with a list or a quotation, Tab moves a list's lines in and out; everywhere else both keys do what they always do.
import { lines } from "./blocks.js";
import { inCode } from "./incode.js";
import { change } from "./typing.js";

const BEGINS = /^(\s*(?:>\s?)*)([-*+]|\d{1,9}[.)])(\s+)(\[[ xX]\]\s+)?/;
const QUOTED = /^\s*(?:>\s?)+/;
const INDENT = /^\s*/;

export function lists(area) {
  let released = false; // Escape was pressed: the next Tab leaves

  area.addEventListener("keydown", (event) => {
    const { key, isComposing, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (key === "Escape") {
      released = true;
      return;
    }
    const plain = !isComposing && !ctrlKey && !metaKey && !altKey;
    const done = plain && ((key === "Enter" && !shiftKey && goOn(area)) || (key === "Tab" && !released && move(area, shiftKey)));
    if (done) event.preventDefault();
    if (key !== "Shift") released = false;
  });
}

/** The next item, or the end of the list where the item has no words. */
function goOn(area) {
  const { value, selectionStart: place, selectionEnd: end } = area;
  if (place !== end || inCode(value, place)) return false;
  const from = value.lastIndexOf("\n", place - 1) + 1;
  const row = value.slice(from, place);
  const item = BEGINS.exec(row);
  const quoted = QUOTED.exec(row);
  if (!item && !quoted) return false;
  const begins = (item || quoted)[0];
  const next = value.indexOf("\n", place);
  if (row === begins && !value.slice(place, next < 0 ? value.length : next).trim()) {
    change(area, from, place, ended(row, item));
    return true;
  }
  change(area, place, place, `\n${item ? following(item) : begins}`);
  return true;
}

function following([, indent, sign, gap, task]) {
  const number = parseInt(sign, 10);
  const next = Number.isNaN(number) ? sign : `${number + 1}${sign.slice(-1)}`;
  return indent + next + gap + (task ? "[ ] " : "");
}

/** An item without words goes one level out, then out of the list. */
function ended(row, item) {
  if (!item) return "";
  const [, indent, sign, gap] = item;
  return indent.length >= 2 && !indent.includes(">") ? indent.slice(0, Math.max(0, indent.length - 2)) + sign + gap : indent.trimEnd();
}

/** Moves the lines of the selection, where they are a list's. */
function move(area, out) {
  const { value, selectionStart: start, selectionEnd: end } = area;
  const { from, to } = lines({ value, start, end });
  const rows = value.slice(from, to).split("\n");
  if (!BEGINS.test(rows[0]) || inCode(value, from)) return false;
  const by = out ? outwards(value, from, rows[0]) : inwards(value, from, rows[0]);
  if (by === null) return false;
  const moved = rows.map((row) => (row.trim() ? shifted(row, by) : row));
  const first = moved[0].length - rows[0].length;
  const text = moved.join("\n");
  const shift = text.length - (to - from);
  change(area, from, to, text, Math.max(from, start + first), Math.max(from, end + shift));
  return true;
}

function shifted(row, by) {
  return by > 0 ? " ".repeat(by) + row : row.slice(Math.min(-by, INDENT.exec(row)[0].length));
}

function* above(value, from) {
  for (const row of value.slice(0, from).split("\n").slice(0, -1).reverse()) {
    const item = BEGINS.exec(row);
    if (item) yield { indent: item[1].length, inside: item[1].length + item[2].length + 1 };
    else if (row.trim() && !/^\s/.test(row)) return;
  }
}

/** Under the item above; the first of a list has none to stand under. */
function inwards(value, from, row) {
  const own = INDENT.exec(row)[0].length;
  for (const item of above(value, from)) {
    if (item.indent <= own) return Math.max(0, item.inside - own);
  }
  return 0;
}

/** To where the item stands that holds this one; the outermost lets the key leave the text. */
function outwards(value, from, row) {
  const own = INDENT.exec(row)[0].length;
  if (own === 0) return null;
  for (const item of above(value, from)) {
    if (item.indent < own) return item.indent - own;
  }
  return -own;
}

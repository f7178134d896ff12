// marks: what makes words bold, slanted, code or a link in Markdown; each answers with a change of the text.
// A selection is {value, start, end}; a change is {start, end, text, from, to}: what takes whose place, and what is selected then.
const WORD = /[\p{L}\p{N}_’'-]/u;

/** The word that the caret stands in, when nothing is selected. */
function grown({ value, start, end }) {
  if (start !== end) return trimmed({ value, start, end });
  let from = start;
  let to = end;
  while (from > 0 && WORD.test(value[from - 1])) from -= 1;
  while (to < value.length && WORD.test(value[to])) to += 1;
  return from < start && to > end ? { value, start: from, end: to } : { value, start, end };
}

/** Without the white space at its edges: marks around that would mark nothing. */
function trimmed({ value, start, end }) {
  const text = value.slice(start, end);
  const before = text.length - text.trimStart().length;
  const after = text.length - text.trimEnd().length;
  return text.trim() ? { value, start: start + before, end: end - after } : { value, start, end };
}

/** How many of a sign stand before (-1) or after (1) a place. */
function run(value, place, sign, direction) {
  let number = 0;
  while (value[direction < 0 ? place - 1 - number : place + number] === sign) number += 1;
  return number;
}

function has(signs, size) {
  return size === 1 ? signs === 1 || signs >= 3 : signs >= 2;
}

/** Puts a mark around the selection, or takes it off. */
export function marked(selection, mark) {
  const caret = selection.start === selection.end ? selection.start : null;
  const { value, start, end } = grown(selection);
  const sign = mark[0];
  const size = mark.length;
  const inside = value.slice(start, end);
  const around = Math.min(run(value, start, sign, -1), run(value, end, sign, 1));
  if (sign === "`" ? around >= size : has(around, size)) {
    const at = caret === null ? [start - size, end - size] : [caret - size, caret - size];
    return { start: start - size, end: end + size, text: inside, from: at[0], to: at[1] };
  }
  const within = Math.min(run(value, start, sign, 1), run(value, end, sign, -1));
  if (inside.length >= 2 * size + 1 && (sign === "`" ? within >= size : has(within, size))) {
    const bare = inside.slice(size, -size);
    return { start, end, text: bare, from: start, to: start + bare.length };
  }
  const at = caret === null ? [start + size, end + size] : [caret + size, caret + size];
  return { start, end, text: `${mark}${inside}${mark}`, from: at[0], to: at[1] };
}

/** Code in the line, or between fences where several lines are selected. */
export function coded(selection) {
  const { value, start, end } = selection;
  const inside = value.slice(start, end);
  if (!inside.includes("\n")) return marked(selection, inside.includes("`") ? "``" : "`");
  const first = value.lastIndexOf("\n", start - 1) + 1;
  const next = value.indexOf("\n", end - (inside.endsWith("\n") ? 1 : 0));
  const last = next < 0 ? value.length : next;
  const fence = "`".repeat(Math.max(3, ...[...inside.matchAll(/`+/g)].map((ticks) => ticks[0].length + 1)));
  const open = first + fence.length;
  return { start: first, end: last, text: `${fence}\n${value.slice(first, last)}\n${fence}`, from: open, to: open };
}

const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/i;

/** A link: the caret waits where something is missing. */
export function linked(selection, address = "") {
  const { value, start, end } = address ? trimmed(selection) : grown(selection);
  const inside = value.slice(start, end);
  if (!address && ADDRESS.test(inside)) return { start, end, text: `[](${inside})`, from: start + 1, to: start + 1 };
  const text = `[${inside}](${address})`;
  const gap = !inside ? start + 1 : address ? start + text.length : start + text.length - 1;
  return { start, end, text, from: gap, to: gap };
}

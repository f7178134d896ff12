// blocks: what makes lines a heading, a list or a quotation in Markdown; each answers with a change of the text (see marks).
const LEVELS = ["## ", "### ", "#### ", ""];
const BULLET = /^(\s*)[-*+]\s(?:\[[ xX]\]\s)?/;
const NUMBER = /^(\s*)\d{1,9}[.)]\s/;
const QUOTE = /^>\s?/;

/** The whole lines that a selection touches. */
export function lines({ value, start, end }) {
  const last = end > start && value[end - 1] === "\n" ? end - 1 : end;
  const next = value.indexOf("\n", last);
  return { from: value.lastIndexOf("\n", start - 1) + 1, to: next < 0 ? value.length : next };
}

function rewritten(selection, each) {
  const { from, to } = lines(selection);
  const old = selection.value.slice(from, to);
  const text = each(old.split("\n")).join("\n");
  const single = selection.start === selection.end;
  const caret = Math.max(from, selection.end + text.length - old.length);
  return { start: from, end: to, text, from: single ? caret : from, to: single ? caret : from + text.length };
}

/** One level further: a paragraph, ##, ###, ####, and a paragraph again. */
export function headed(selection) {
  return rewritten(selection, (rows) => rows.map((row) => {
    const now = /^(#{1,6})\s+/.exec(row);
    const level = now ? LEVELS[LEVELS.indexOf(`${now[1]} `) + 1] : LEVELS[0];
    return (level ?? LEVELS[0]) + row.slice(now ? now[0].length : 0);
  }));
}

function toggled(selection, is, begin) {
  return rewritten(selection, (rows) => {
    const full = rows.filter((row) => row.trim());
    const off = full.length > 0 && full.every((row) => is.test(row));
    let number = 0;
    return rows.map((row) => {
      if (!row.trim() && rows.length > 1) return is === QUOTE ? ">" : row;
      if (off) return row.replace(is, (all, indent) => (typeof indent === "string" ? indent : ""));
      number += 1;
      return begin(row, number);
    });
  });
}

function bare(row) {
  return row.replace(BULLET, "$1").replace(NUMBER, "$1");
}

export function listed(selection) {
  return toggled(selection, BULLET, (row) => bare(row).replace(/^\s*/, "$&- "));
}

export function numbered(selection) {
  return toggled(selection, NUMBER, (row, number) => bare(row).replace(/^\s*/, `$&${number}. `));
}

export function quoted(selection) {
  return toggled(selection, QUOTE, (row) => `> ${row}`);
}

/** A table of two columns, on lines of its own; the first head is selected. */
export function tabled({ value, start, end }, column, cell) {
  const before = value.slice(0, start);
  const after = value.slice(end);
  const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const rest = !after || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  const rows = [`| ${column} 1 | ${column} 2 |`, "| --- | --- |", `| ${cell} | ${cell} |`, `| ${cell} | ${cell} |`];
  const from = start + gap.length + 2;
  return { start, end, text: gap + rows.join("\n") + rest, from, to: from + column.length + 2 };
}

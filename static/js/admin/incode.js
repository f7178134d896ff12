// incode: whether a place of a Markdown text is code, an address or a tag, where words are not to be touched.
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** The stretches that hold no words: [from, to) pairs, ascending. */
export function bare(value) {
  const found = [];
  let place = 0;
  let fence = null;
  let blank = true;
  for (const row of value.split("\n")) {
    const end = place + row.length;
    const sign = FENCE.exec(row);
    if (fence) {
      found.push([place, end + 1]);
      if (sign && sign[1][0] === fence[0] && sign[1].length >= fence.length && !row.slice(sign[0].length).trim()) fence = null;
    } else if (sign) {
      fence = sign[1];
      found.push([place, end + 1]);
    } else if (/^(?: {4}|\t)/.test(row) && blank && !/^\s*(?:[-*+]|\d+[.)])\s/.test(row)) {
      found.push([place, end + 1]);
    } else {
      inRow(row, place, found);
    }
    blank = !row.trim() || (blank && /^(?: {4}|\t)/.test(row));
    place = end + 1;
  }
  return found;
}

/** Code in the line, tags, link targets and their titles; also those that are not closed yet. */
const PIECES = /(`+)(?:(?!\1).)*?(?:(?<!`)\1(?!`)|$)|<\/?[a-z!](?:"[^"]*"|'[^']*'|[^>"'])*(?:>|$|["'].*$)|<(?:https?|mailto):[^>]*(?:>|$)|\]\([^)]*(?:\)|$)|^\s{0,3}\[[^\]]+\]:.*$|https?:\/\/[^\s<>]+/gi;

function inRow(row, place, found) {
  for (const piece of row.matchAll(PIECES)) found.push([place + piece.index, place + piece.index + piece[0].length]);
}

/** Whether a character typed at this place would stand in code, an address or a tag. */
export function inCode(value, place) {
  const row = value.slice(0, place);
  return bare(row).some(([from, to]) => from < place && (to > place || (to === place && open(row.slice(from)))));
}

/** A piece that reaches to the caret and has no end yet. */
function open(piece) {
  if (/^https?:/i.test(piece)) return false;
  if (piece[0] === "`") return !/^(`+)[^`](?:.*[^`])?\1$/s.test(piece);
  if (piece[0] === "<") return !piece.endsWith(">");
  if (piece.startsWith("](")) return !piece.endsWith(")");
  return true;
}

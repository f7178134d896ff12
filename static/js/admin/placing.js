// placing: keeps the place of a picture in the text until it is there, and writes the line that shows it.
import { change } from "./typing.js";

/** The line that shows a picture. */
export function codeOf(format, picture, alt) {
  const words = alt.split(/\s+/).filter(Boolean).join(" ");
  if (format !== "html") return `![${words.replace(/[\\[\]]/g, "\\$&")}](${picture.url})`;
  const shown = words.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<img src="${picture.url}" alt="${shown}" width="${picture.width}" height="${picture.height}">`;
}

/** What stands in the text meanwhile: words that no text has by chance. */
export function placeholder(format, words) {
  const plain = words.replace(/[[\]()<>\\`*_&"\n-]+/g, " ").trim();
  return format === "html" ? `<p>⏳ ${plain}</p>` : `![⏳ ${plain}]()`;
}

/** Writes lines of their own at a place in the text, a blank line around each. */
export function place(area, at, lines) {
  const before = area.value.slice(0, at);
  const after = area.value.slice(at);
  const head = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = !after || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  write(area, at, at, head + lines.join("\n\n") + tail, at + head.length + lines.join("\n\n").length);
}

/** Puts `text` where `old` stands; whether it stood there. Nothing in its place takes the blank lines with it. */
export function swap(area, old, text) {
  const at = area.value.indexOf(old);
  if (at < 0) return false;
  const before = area.value.slice(0, at);
  const after = area.value.slice(at + old.length);
  const last = !after.trim();
  const head = text || !last ? 0 : before.length - before.replace(/\n{1,2}$/, "").length;
  const tail = text || last ? 0 : after.length - after.replace(/^\n{1,2}/, "").length;
  write(area, at - head, at + old.length + tail, text, null);
  return true;
}

/** Changes the text and leaves caret, focus and view where they were; `caret` puts the caret somewhere else. */
function write(area, start, end, text, caret) {
  const focused = document.activeElement;
  const inside = focused && focused !== area && "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null;
  const { selectionStart: from, selectionEnd: to, scrollTop } = area;
  const [x, y] = [scrollX, scrollY];
  const moved = (point) => (point <= start ? point : point >= end ? point + text.length - (end - start) : start + text.length);
  change(area, start, end, text);
  if (caret === null) area.setSelectionRange(moved(from), moved(to));
  else area.setSelectionRange(caret, caret);
  area.scrollTop = scrollTop;
  if (focused && focused !== area && focused !== document.body) {
    focused.focus({ preventScroll: true });
    if (inside && inside[0] !== null) focused.setSelectionRange(...inside);
  }
  if (scrollX !== x || scrollY !== y) scrollTo(x, y);
}

// typing: changes a text through the browser's own editing, so that its Undo takes every change back.
let ours = false;

/** Whether the `input` event that is being handled comes from here and not from a hand. */
export function typedByScript() {
  return ours;
}

/** Puts `text` in place of what stands from `start` to `end`, then selects from `from` to `to` (else the caret follows it). */
export function change(area, start, end, text, from = start + text.length, to = from) {
  const [head, tail] = unchanged(area.value.slice(start, end), text);
  replace(area, start + head, end - tail, text.slice(head, text.length - tail));
  area.setSelectionRange(from, to);
}

/** Types at the caret, over what is selected. */
export function insert(area, text) {
  change(area, area.selectionStart, area.selectionEnd, text);
}

export function undo(area) {
  area.focus();
  document.execCommand("undo");
}

export function redo(area) {
  area.focus();
  document.execCommand("redo");
}

/** How many characters of the two are the same at the beginning and at the end. */
function unchanged(old, text) {
  const most = Math.min(old.length, text.length);
  let head = 0;
  while (head < most && old[head] === text[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail += 1;
  return [head, tail];
}

function replace(area, start, end, text) {
  area.focus({ preventScroll: true });
  if (start === end && !text) return;
  area.setSelectionRange(start, end);
  ours = true;
  try {
    const done = document.activeElement === area
      && (text ? document.execCommand("insertText", false, text) : document.execCommand("delete"));
    if (done) return;
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertReplacementText" }));
  } finally {
    ours = false;
  }
}

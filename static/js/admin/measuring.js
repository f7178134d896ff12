// measuring: where lines of the text stand in the page; a copy that nobody sees is laid out as the text is.
const SAME = ["fontFamily", "fontSize", "fontWeight", "fontStyle", "lineHeight", "letterSpacing", "wordSpacing", "tabSize", "textIndent", "paddingLeft", "paddingRight", "direction"];
const copies = new WeakMap();

function copyOf(area) {
  if (!copies.has(area)) {
    const box = document.createElement("div");
    box.className = "measuring";
    box.setAttribute("aria-hidden", "true");
    area.after(box);
    copies.set(area, { box, key: "", tops: [] });
  }
  return copies.get(area);
}

/** How far below the text's own top edge each of the lines begins; `numbers` ascend. The last figure is the text's end. */
export function tops(area, numbers) {
  const kept = copyOf(area);
  const style = getComputedStyle(area);
  const key = `${area.clientWidth} ${style.font} ${numbers.join()} ${area.value}`;
  if (kept.key === key) return kept.tops;
  SAME.forEach((name) => { kept.box.style[name] = style[name]; });
  kept.box.style.width = `${area.clientWidth}px`;
  const rows = area.value.split("\n");
  const parts = numbers.map((from, place) => {
    const part = document.createElement("div");
    part.textContent = `${rows.slice(from, numbers[place + 1]).join("\n")}\n`;
    return part;
  });
  const before = document.createElement("div");
  before.textContent = numbers[0] > 0 ? `${rows.slice(0, numbers[0]).join("\n")}\n` : "";
  kept.box.replaceChildren(before, ...parts);
  const edge = parseFloat(style.paddingTop) + parseFloat(style.borderTopWidth);
  kept.tops = [...parts.map((part) => edge + part.offsetTop), edge + kept.box.offsetHeight];
  kept.key = key;
  return kept.tops;
}

/** The number of the line that a place of the text stands in, counted from 0. */
export function lineAt(value, place) {
  let number = 0;
  for (let at = value.indexOf("\n"); at >= 0 && at < place; at = value.indexOf("\n", at + 1)) number += 1;
  return number;
}

/** Where a line begins in the text. */
export function placeOf(value, line) {
  let place = 0;
  for (let number = 0; number < line; number += 1) {
    const next = value.indexOf("\n", place);
    if (next < 0) return value.length;
    place = next + 1;
  }
  return place;
}

/** How much of the window's top the sticky bars cover. */
export function covered(form) {
  const bars = [...form.querySelectorAll("[data-toolbar], .bar")].filter((bar) => bar.offsetParent);
  return Math.max(0, ...bars.map((bar) => {
    const top = parseFloat(getComputedStyle(bar).top);
    return getComputedStyle(bar).position === "sticky" && !Number.isNaN(top) ? top + bar.offsetHeight : 0;
  }));
}

/** Puts the caret at the beginning of a line, and the line where it can be read. */
export function goTo(form, area, line) {
  const place = placeOf(area.value, line);
  area.focus({ preventScroll: true });
  area.setSelectionRange(place, place);
  const [top] = tops(area, [line]);
  window.scrollTo({ top: area.getBoundingClientRect().top + scrollY + top - covered(form) - 24 });
}

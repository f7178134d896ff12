// scrollsync: the text and its preview scroll together, block by block; whichever is moved by hand leads the other.
import { covered, lineAt, tops } from "./measuring.js";
import { NARROW } from "./views.js";

export function scrollsync(form, area) {
  const frame = form.querySelector(".preview-frame");
  let leads = "text";
  let body = null;
  let blocks = null; // the preview's blocks, with the line of the text that each began on
  let waiting = false;

  /** Pairs of heights, both ascending: in the text's field, and in the preview's document. */
  function pairs() {
    blocks = blocks || found(body);
    const lines = blocks.length ? blocks.map(([line]) => line) : [0];
    const left = tops(area, lines);
    const scrolled = frame.contentWindow.scrollY;
    const page = blocks.map(([, node]) => node.getBoundingClientRect().top + scrolled);
    const end = body.getBoundingClientRect().bottom + scrolled;
    if (!blocks.length) return [[0, 0], [left[1], end]];
    return [[0, 0], ...left.slice(0, -1).map((top, at) => [top, page[at]]), [left[left.length - 1], end]];
  }

  /** How far the text is scrolled through its own length, and between which positions of the window. */
  function course() {
    const hidden = covered(form);
    const from = area.getBoundingClientRect().top + scrollY - hidden;
    const heights = pairs();
    const seen = innerHeight - hidden;
    const to = Math.max(from, Math.min(from + heights[heights.length - 1][0] - seen, document.documentElement.scrollHeight - innerHeight));
    return { hidden, from, to, seen, heights };
  }

  function room() {
    return frame.contentDocument.documentElement.scrollHeight - frame.clientHeight;
  }

  function follow() {
    const { from, to, seen, heights } = course();
    const part = to > from ? within((scrollY - from) / (to - from)) : 0;
    const at = scrollY - from + part * seen;
    scrollFrame(scrollY <= from ? 0 : across(heights, at, 0, 1) - part * frame.clientHeight);
  }

  function lead() {
    const { from, to, seen, heights } = course();
    const inside = frame.contentWindow.scrollY;
    const part = room() > 0 ? within(inside / room()) : 0;
    if (to <= from) return;
    const at = across(heights, inside + part * frame.clientHeight, 1, 0);
    window.scrollTo({ top: inside <= 0 ? 0 : from + at - part * seen, behavior: "instant" });
  }

  function scrollFrame(top) {
    frame.contentWindow.scrollTo({ top, behavior: "instant" });
  }

  /** What is being written is seen in the preview too; nothing is measured in the text for that. */
  function show() {
    if (document.activeElement !== area) return;
    blocks = blocks || found(body);
    const line = lineAt(area.value, area.selectionEnd);
    const written = blocks.findLast(([begins]) => begins <= line);
    if (!written) return;
    const { top, bottom } = written[1].getBoundingClientRect();
    const seen = frame.clientHeight;
    if (bottom < 0 || top > seen * 0.85) scrollFrame(frame.contentWindow.scrollY + top - seen / 3);
  }

  function usable() {
    return body && frame.offsetParent && !NARROW.matches;
  }

  function soon(act) {
    if (waiting || !usable()) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (usable()) act();
    });
  }

  for (const moved of ["wheel", "pointerdown", "touchstart", "keydown"]) {
    addEventListener(moved, () => { leads = "text"; }, { passive: true, capture: true });
  }
  addEventListener("scroll", () => { if (leads === "text") soon(follow); }, { passive: true });

  function listen() {
    const inside = frame.contentDocument;
    for (const moved of ["wheel", "pointerdown", "touchstart", "keydown"]) {
      inside.addEventListener(moved, () => { leads = "preview"; }, { passive: true });
    }
    inside.addEventListener("scroll", () => { if (leads === "preview") soon(lead); }, { passive: true });
  }

  form.addEventListener("desk:rendered", ({ detail }) => {
    if (!detail.body) return;
    const fresh = detail.body !== body;
    if (fresh) {
      body = detail.body;
      listen();
    }
    blocks = null;
    if (leads === "text") soon(fresh ? follow : show);
  });
  form.addEventListener("desk:laid-out", () => { if (leads === "text") soon(follow); });
}

/** Blocks in the order of the page whose lines ascend: notes at the foot stand elsewhere in the text. */
function found(body) {
  const blocks = [];
  for (const node of body.querySelectorAll("[data-line]")) {
    const line = Number(node.dataset.line);
    const last = blocks.length ? blocks[blocks.length - 1][0] : -1;
    if (line > last && !node.closest(".footnotes, tr")) blocks.push([line, node]);
  }
  return blocks;
}

function within(part) {
  return Math.min(1, Math.max(0, part));
}

/** Where a height of one side stands on the other. */
function across(heights, at, from, to) {
  let upper = heights.findIndex((pair) => pair[from] > at);
  if (upper < 0) upper = heights.length - 1;
  const [before, after] = [heights[Math.max(0, upper - 1)], heights[upper]];
  const span = after[from] - before[from];
  return span > 0 ? before[to] + ((at - before[from]) / span) * (after[to] - before[to]) : before[to];
}

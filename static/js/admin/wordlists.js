// wordlists: lists that a word processor wrote as paragraphs with a sign before them become lists.
const LEVEL = /mso-list:\s*l\d+\s+level(\d)/i;

export function wordLists(page) {
  let open = []; // lists from the outermost in
  for (const paragraph of [...page.body.querySelectorAll("p")]) {
    const level = LEVEL.exec(paragraph.dataset.style || "");
    if (!level) continue;
    if (open.length && open[0] !== paragraph.previousElementSibling) open = [];
    const sign = takenSign(paragraph);
    open = open.slice(0, Number(level[1]));
    if (open.length < Math.min(Number(level[1]), open.length + 1)) open.push(begun(page, sign, open, paragraph));
    const item = page.createElement("li");
    item.append(...paragraph.childNodes);
    open[open.length - 1].append(item);
    paragraph.remove();
  }
}

/** The bullet or number, taken out of the paragraph. */
function takenSign(paragraph) {
  const ignored = [...paragraph.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(span.dataset.style || ""));
  const text = ignored ? ignored.textContent : (/^\s*(?:[·•o§▪-]|\w{1,3}[.)])\s+/.exec(paragraph.textContent) || [""])[0];
  if (ignored) ignored.remove();
  return text.trim();
}

function begun(page, sign, open, paragraph) {
  const list = page.createElement(/^\w{1,3}[.)]/.test(sign) ? "ol" : "ul");
  const outer = open[open.length - 1];
  if (outer && outer.lastElementChild) outer.lastElementChild.append(list);
  else paragraph.before(list);
  return list;
}

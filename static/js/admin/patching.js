// patching: puts a newly rendered text in the place of the old one, touching only the blocks that differ.
const LINE = / data-line="\d+"/g;

function said(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.outerHTML.replace(LINE, "") : `#${node.nodeType}${node.data}`;
}

/** The block stays; only the lines that its parts stand on may have moved. */
function renumber(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) return;
  const from = [fresh, ...fresh.querySelectorAll("[data-line]")];
  [old, ...old.querySelectorAll("[data-line]")].forEach((node, place) => {
    const line = from[place].dataset.line;
    if (line !== undefined && node.dataset.line !== line) node.dataset.line = line;
  });
}

export function patch(body, html) {
  const old = [...body.childNodes];
  const fresh = [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
  const was = old.map(said);
  const is = fresh.map(said);
  const most = Math.min(was.length, is.length);
  let head = 0;
  while (head < most && was[head] === is[head]) head += 1;
  let tail = 0;
  while (tail < most - head && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail += 1;
  for (let at = 0; at < head; at += 1) renumber(old[at], fresh[at]);
  for (let at = 1; at <= tail; at += 1) renumber(old[old.length - at], fresh[fresh.length - at]);
  old.slice(head, old.length - tail).forEach((node) => node.remove());
  const next = old[old.length - tail] || null;
  fresh.slice(head, fresh.length - tail).forEach((node) => body.insertBefore(body.ownerDocument.adoptNode(node), next));
}

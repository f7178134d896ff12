// frommarkup: rich text, from a page or a word processor, becomes Markdown; what only its program understands is dropped.
import { wordLists } from "./wordlists.js";

const GONE = "script, style, meta, link, title, template, noscript, iframe, object, svg, button, input:not([type=checkbox]), select, textarea, o\\:p, [hidden], [aria-hidden=true]:not(li), .visually-hidden, .sr-only";
const BLOCKS = new Set("ADDRESS ARTICLE ASIDE BLOCKQUOTE CENTER DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE UL BODY".split(" "));
const RICH = "b, strong, em, i, a[href], h1, h2, h3, h4, h5, h6, ul, ol, table, pre, code, blockquote, img, del, s, strike, hr, span[data-style]";

/** The page in the clipboard, without what is not text. */
export function cleaned(html) {
  const page = new DOMParser().parseFromString(unstyled(html), "text/html");
  page.querySelectorAll(GONE).forEach((node) => node.remove());
  page.querySelectorAll("[data-style]").forEach((node) => { if (/display:\s*none|mso-hide:\s*all/i.test(node.dataset.style)) node.remove(); });
  const comments = page.createNodeIterator(page.body, NodeFilter.SHOW_COMMENT);
  const found = [];
  for (let node = comments.nextNode(); node; node = comments.nextNode()) found.push(node);
  found.forEach((node) => node.remove());
  wordLists(page);
  return page.body;
}

/** The page's policy refuses styles and handlers, also in a page that is only read: they are read as data. */
function unstyled(html) {
  const bare = html.replace(/<(style|script)\b[^]*?<\/\1\s*>/gi, "");
  return bare.replace(/<[^>]*>/g, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="));
}

/** What a style of the node says. */
function style(node, name) {
  const said = new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`, "i").exec(node.dataset.style || "");
  return said ? said[1].trim().toLowerCase() : "";
}

/** Whether there is anything in it that plain text would lose. */
export function isRich(body) {
  return [...body.querySelectorAll(RICH)].some((node) => !(node.tagName === "B" && light(node)) && (node.tagName !== "SPAN" || marksOf(node).length));
}

/** Blocks parted by empty lines. `picture` says what stands for an image, as Markdown or "". */
export function markdown(body, picture = shown) {
  const level = body.querySelector("h1") ? 1 : 0; // the page has its own first heading
  return blocks(body, { picture, level }).join("\n\n");
}

function shown(image) {
  const address = image.getAttribute("src") || "";
  return /^https?:\/\//i.test(address) ? `![${escaped(image.alt || "")}](${target(address)})` : "";
}

// -- blocks -------------------------------------------------------------------------------------------

function blocks(node, how) {
  const made = [];
  let line = "";
  const flush = () => {
    const text = tidy(line);
    if (text) made.push(guarded(text));
    line = "";
  };
  for (const child of node.childNodes) {
    if (isBlock(child)) {
      flush();
      made.push(...block(child, how));
    } else {
      line += inline(child, how);
    }
  }
  flush();
  return made;
}

function isBlock(node) {
  return node.nodeType === Node.ELEMENT_NODE && (BLOCKS.has(node.tagName) || [...node.children].some(isBlock));
}

function block(node, how) {
  switch (node.tagName) {
    case "H1": case "H2": case "H3": case "H4": case "H5": case "H6": return heading(node, how);
    case "UL": case "OL": return list(node, how);
    case "PRE": return [fence(node)];
    case "HR": return ["---"];
    case "TABLE": return table(node, how);
    case "BLOCKQUOTE": return [blocks(node, how).join("\n\n").replace(/^/gm, "> ").replace(/ +$/gm, "")].filter((text) => text !== ">");
    default: return blocks(node, how);
  }
}

function heading(node, how) {
  const text = tidy(inlines(node, how)).replace(/\s*\n\s*/g, " ").replace(/^\*\*(.*)\*\*$/, "$1");
  return text ? [`${"#".repeat(Math.min(6, Number(node.tagName[1]) + how.level))} ${text}`] : [];
}

function list(node, how) {
  let number = Number(node.getAttribute("start")) || 1;
  const made = [];
  for (const child of node.children) {
    if (child.tagName === "LI") {
      const sign = node.tagName === "OL" ? `${number}. ` : "- ";
      number += 1;
      const box = child.querySelector("input[type=checkbox]");
      const mine = box && box.closest("li") === child ? (box.checked ? "[x] " : "[ ] ") : "";
      made.push(item(child, sign, mine, how));
    } else if (/^[OU]L$/.test(child.tagName) && made.length) {
      // Word processors put a list beside the item it belongs to.
      const inside = list(child, how).join("\n").replace(/^(?=.)/gm, " ".repeat(made[0].length - made[0].replace(/^(?:-|\d+\.) /, "").length));
      made[made.length - 1] += `\n${inside}`;
    }
  }
  return made.length ? [made.join("\n")] : [];
}

function item(node, sign, task, how) {
  const parts = blocks(node, how);
  const nested = [...node.children].some((child) => /^(?:P|DIV|PRE|TABLE|BLOCKQUOTE)$/.test(child.tagName)) && parts.length > 2;
  const text = task + parts.reduce((all, part, at) => (at === 0 ? part : `${all}${/^(?:[-*]|\d+\.) /.test(part) && !nested ? "\n" : "\n\n"}${part}`), "");
  return sign + text.replace(/\n(?=[^\n])/g, `\n${" ".repeat(sign.length)}`);
}

function fence(node) {
  const named = `${node.className} ${node.firstElementChild ? node.firstElementChild.className : ""} ${node.dataset.language ? `language-${node.dataset.language}` : ""}`;
  const language = (/(?:language-|lang-|highlight-source-)([\w+#-]+)/.exec(named) || ["", ""])[1];
  node.querySelectorAll("br").forEach((end) => end.replaceWith("\n"));
  const code = node.textContent.replace(/\u00a0/g, " ").replace(/^\n|\s+$/g, "");
  const sign = "`".repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map((ticks) => ticks[0].length + 1)));
  return `${sign}${language}\n${code}\n${sign}`;
}

function table(node, how) {
  const rows = [...node.rows].map((row) => [...row.cells].flatMap((cell) => [cellText(cell, how), ...Array(Math.max(0, Math.min(cell.colSpan, 20) - 1)).fill("")]));
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width < 2 || node.querySelector("table") || node.getAttribute("role") === "presentation") {
    return [...node.rows].flatMap((row) => [...row.cells].flatMap((cell) => blocks(cell, how)));
  }
  const lines = rows.map((row) => `| ${[...row, ...Array(width - row.length).fill("")].join(" | ")} |`);
  return [[lines[0], `|${" --- |".repeat(width)}`, ...lines.slice(1)].join("\n")];
}

function cellText(cell, how) {
  return tidy(blocks(cell, how).join(" ")).replace(/\\?\n/g, " ").replace(/(?<!\\)\|/g, "\\|");
}

// -- words ----------------------------------------------------------------------------------------------

function inlines(node, how) {
  return [...node.childNodes].map((child) => inline(child, how)).join("");
}

function inline(node, how) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data.replace(/[\s\u00a0]+/g, " "));
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  switch (node.tagName) {
    case "BR": return "\\\n";
    case "IMG": return how.picture(node);
    case "INPUT": return "";
    case "CODE": case "SAMP": case "TT": case "KBD": return ticked(node.textContent);
    case "A": return link(node, how);
    case "SUP": case "SUB": return `<${node.tagName.toLowerCase()}>${inlines(node, how)}</${node.tagName.toLowerCase()}>`;
    default: return marksOf(node).reduce((text, mark) => around(text, mark), inlines(node, how));
  }
}

/** Bold that its program only writes to say that it is not bold. */
function light(node) {
  return /^(?:normal|[1-4]00)$/.test(style(node, "font-weight"));
}

function marksOf(node) {
  const { tagName } = node;
  const marks = [];
  const heading = node.closest("h1, h2, h3, h4, h5, h6");
  if (/^(?:DEL|S|STRIKE)$/.test(tagName) || /line-through/.test(style(node, "text-decoration") + style(node, "text-decoration-line"))) marks.push("~~");
  if ((/^(?:EM|I|CITE|VAR|DFN)$/.test(tagName) && style(node, "font-style") !== "normal") || style(node, "font-style") === "italic") marks.push("*");
  const bold = (/^(?:B|STRONG)$/.test(tagName) && !light(node)) || /^(?:bold|[6-9]00)$/.test(style(node, "font-weight"));
  if (bold && !heading) marks.push("**");
  return marks;
}

/** Marks stand at words, never at spaces, and not around nothing. */
function around(text, mark) {
  const [, before, inside, after] = /^(\s*)([^]*?)(\s*)$/.exec(text);
  return inside ? `${before}${mark}${inside}${mark}${after}` : text;
}

function ticked(code) {
  const text = code.replace(/\s+/g, " ");
  const sign = "`".repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map((ticks) => ticks[0].length)) + 1);
  const gap = /^`|`$/.test(text) ? " " : "";
  return text.trim() ? sign + gap + text + gap + sign : text;
}

function link(node, how) {
  const text = inlines(node, how);
  const address = node.getAttribute("href") || "";
  if (!/^(?:https?:\/\/|mailto:)/i.test(address) || !text.trim() || isBlock(node)) return text;
  if (node.textContent.trim() === address && !/[()\s]/.test(address)) return `<${address}>`;
  const [, before, inside, after] = /^(\s*)([^]*?)(\s*)$/.exec(text);
  return `${before}[${inside}](${target(address)})${after}`;
}

function target(address) {
  return /[()\s<>]/.test(address) ? `<${address.replace(/[<>\s]/g, encodeURIComponent)}>` : address;
}

function escaped(text) {
  return text.replace(/[\\`*[\]<]/g, "\\$&").replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_");
}

/** White space as Markdown wants it: none at the edges of lines, no two marks that cancel each other. */
function tidy(text) {
  return text.replace(/\*\*(\s*)\*\*/g, "$1").replace(/[ \t]+/g, " ").replace(/ ?\\\n ?/g, "\\\n").replace(/^(?:\s|\\\n)+|(?:\s|\\\n)+$/g, "");
}

/** What would begin a heading, a list or a quotation, where a paragraph was meant. */
function guarded(text) {
  return text.replace(/^(?=#{1,6}(?:\s|$)|[-+>](?:\s|$)|~~~|={3,}$|-{3,}$)/gm, "\\").replace(/^(\d{1,9})([.)])(?=\s)/gm, "$1\\$2");
}

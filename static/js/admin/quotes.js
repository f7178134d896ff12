// quotes: straight quotes become those of the text's language; in words alone, never in code, addresses or tags.
import { bare } from "./incode.js";

// Outer pair, inner pair. A language that is not here has the English ones.
const PAIRS = {
  en: ["“”", "‘’"],
  ru: ["«»", "„“"], uk: ["«»", "„“"], be: ["«»", "„“"], kk: ["«»", "„“"],
  de: ["„“", "‚‘"], cs: ["„“", "‚‘"], sk: ["„“", "‚‘"], sl: ["„“", "‚‘"], bg: ["„“", "’’"], sr: ["„“", "’’"],
  pl: ["„”", "«»"], hu: ["„”", "»«"], ro: ["„”", "«»"],
  es: ["«»", "“”"], it: ["«»", "“”"], pt: ["«»", "“”"], el: ["«»", "“”"], no: ["«»", "‘’"], nb: ["«»", "‘’"],
  sv: ["””", "’’"], fi: ["””", "’’"], da: ["»«", "›‹"],
};
const SINGLE = new Set(["en", "de", "cs", "sk", "sl", "sv", "fi"]); // whose inner pair is typed with the single quote
const BEFORE_OPENING = /[\s([{—–\-/*_~>|]/;

function pairsOf(language) {
  const code = (language || "en").toLowerCase().split("-")[0];
  if (code === "fr") return [["«\u00a0", "\u00a0»"], ["“", "”"]];
  return (PAIRS[code] || PAIRS.en).map((pair) => [...pair]);
}

/** How many quotes stand open at the end of a paragraph's beginning. */
function depth(paragraph, pairs) {
  const [[open, close], [inner, shut]] = pairs;
  let level = 0;
  for (const sign of paragraph) {
    if (level === 0 && sign === open[0]) level = 1;
    else if (level === 1 && sign === close[close.length - 1]) level = 0;
    else if (level === 1 && sign === inner[0]) level = 2;
    else if (level === 2 && sign === shut[shut.length - 1]) level = 1;
  }
  return level;
}

/** What a quote typed after these words is to be. */
export function curly(sign, before, language) {
  const pairs = pairsOf(language);
  const paragraph = before.slice(before.lastIndexOf("\n\n") + 1);
  const last = paragraph.slice(-1);
  const nested = pairs.some(([open, close]) => open[0] === last && open !== close);
  const opens = !last || nested || (BEFORE_OPENING.test(last) && !closes(paragraph, last));
  const level = depth(paragraph, pairs);
  if (sign === "'") {
    const single = SINGLE.has((language || "en").toLowerCase().split("-")[0]);
    if (opens) return single ? pairs[1][0] : "'";
    return single && level > 1 ? pairs[1][1] : "’";
  }
  if (opens) return pairs[Math.min(level, 1)][0];
  return pairs[level > 1 ? 1 : 0][1];
}

/** After emphasis that ends a word (`*word*`) a quote closes. */
function closes(paragraph, last) {
  return "*_~".includes(last) && /[\p{L}\p{N}.,!?…][*_~]+$/u.test(paragraph);
}

/** The whole text with its straight quotes curled. */
export function curled(text, language, before = "") {
  const spans = bare(before + text);
  let made = before;
  let span = 0;
  [...text].reduce((place, sign) => {
    while (span < spans.length && spans[span][1] <= place) span += 1;
    const code = span < spans.length && spans[span][0] <= place;
    made += !code && (sign === '"' || sign === "'") ? curly(sign, made, language) : sign;
    return place + sign.length;
  }, before.length);
  return made.slice(before.length);
}

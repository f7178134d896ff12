// quoting: curls quotes as they are typed, if that is wished, and those of a selection when asked; Undo gives the straight ones back.
import { inCode } from "./incode.js";
import { curled, curly } from "./quotes.js";
import { remember, remembered } from "./remembering.js";
import { change, typedByScript } from "./typing.js";
import { say, word } from "./words.js";

/** Undo selects the straight quote that it brings back; the next key would take its place. */
function released(area) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  if (/^["']$/.test(value.slice(start, end))) area.setSelectionRange(end, end);
}

export function quoting(form, area) {
  const button = form.querySelector("[data-tool=quotes]");
  if (!button) return () => {}; // a text in HTML keeps its quotes
  let on = remembered("quotes", true);

  function language() {
    const asked = form.elements.language ? form.elements.language.value.trim() : "";
    return asked || form.querySelector("[data-preview]").dataset.language;
  }

  function shown() {
    button.setAttribute("aria-pressed", String(on));
  }

  area.addEventListener("input", (event) => {
    if (event.inputType === "historyUndo") released(area);
    const typed = event.inputType === "insertText" && (event.data === '"' || event.data === "'");
    if (!on || !typed || typedByScript()) return;
    const place = area.selectionStart - 1;
    const before = area.value.slice(0, place);
    if (inCode(area.value, place)) return;
    const made = curly(event.data, before, language());
    if (made !== event.data) change(area, place, place + 1, made);
  });

  shown();
  return () => {
    const { selectionStart: start, selectionEnd: end, value } = area;
    if (start === end) {
      on = !on;
      remember("quotes", on);
      shown();
      say(word(on ? "quotesOn" : "quotesOff"));
      return;
    }
    const old = value.slice(start, end);
    const made = curled(old, language(), value.slice(0, start));
    if (made !== old) change(area, start, end, made, start, start + made.length);
    say(word(made === old ? "quotesNone" : "quotesMended"));
  };
}

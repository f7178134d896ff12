// quoting: curls quotes as they are typed, if that is wished, and those of a selection when asked; Undo gives the straight ones back.
import { inCode } from "./incode.js";
import { curled, curly } from "./quotes.js";
import { remember, remembered } from "./remembering.js";
import { change, typedByScript } from "./typing.js";
import { say, word } from "./words.js";

/** Undo selects the straight quote that it brings back; the next key would take its place. */
function released(field) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  if (/^["']$/.test(value.slice(start, end))) field.setSelectionRange(end, end);
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

  function watch(field) {
    field.addEventListener("input", (event) => {
      if (event.inputType === "historyUndo") released(field);
      const typed = event.inputType === "insertText" && (event.data === '"' || event.data === "'");
      if (!on || !typed || typedByScript()) return;
      const place = field.selectionStart - 1;
      if (field === area && inCode(field.value, place)) return;
      const made = curly(event.data, field.value.slice(0, place), language());
      if (made !== event.data) change(field, place, place + 1, made);
    });
  }

  [area, form.elements.title, form.elements.summary].filter(Boolean).forEach(watch);
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

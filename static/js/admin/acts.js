// acts: what each button and key does, by its name.
import { headed, listed, numbered, quoted, tabled } from "./blocks.js";
import { HTML } from "./htmlmarks.js";
import { coded, linked, marked } from "./marks.js";
import { change, redo, undo } from "./typing.js";
import { word } from "./words.js";

const MARKDOWN = {
  bold: (selection) => marked(selection, "**"),
  italic: (selection) => marked(selection, "*"),
  code: coded,
  link: (selection) => linked(selection),
  heading: headed,
  list: listed,
  numbered,
  quote: quoted,
  table: (selection) => tabled(selection, word("column"), word("cell")),
};

/** One function for all of them; `more` names what other modules do. */
export function acts(form, area, more) {
  const changes = area.dataset.format === "html" ? HTML : MARKDOWN;

  function write(make) {
    more.write();
    const { start, end, text, from, to } = make({ value: area.value, start: area.selectionStart, end: area.selectionEnd });
    change(area, start, end, text, from, to);
  }

  const all = {
    ...more,
    undo: () => undo(area),
    redo: () => redo(area),
    image: () => form.dispatchEvent(new CustomEvent("desk:picture", { bubbles: true })),
    save: () => form.requestSubmit(form.querySelector("[data-tool=save]")),
  };
  return (name) => {
    if (name in changes) write(changes[name]);
    else if (name in all) all[name]();
  };
}

// outline: the headings of the text; pressing one leads the caret there.
import { goTo, lineAt } from "./measuring.js";
import { word } from "./words.js";

const IN_HTML = /<h[1-6][\s>]/gi;

export function outline(form, area) {
  const place = form.querySelector("[data-outline]");
  const list = place.querySelector("ol");

  function entry(heading, number) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    item.className = `level-${heading.tagName[1]}`;
    button.type = "button";
    button.textContent = heading.textContent;
    button.dataset.number = number;
    button.dataset.line = heading.dataset.line || "";
    item.append(button);
    return item;
  }

  function nothing() {
    const item = document.createElement("li");
    item.className = "quiet";
    item.textContent = word("outlineEmpty");
    return item;
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) goTo(form, area, lineOf(button.dataset));
  });

  function lineOf({ line, number }) {
    if (line) return Number(line);
    const found = [...area.value.matchAll(IN_HTML)][number];
    return found ? lineAt(area.value, found.index) : 0;
  }

  form.addEventListener("desk:rendered", (event) => {
    if (!event.detail.body) return;
    const headings = [...event.detail.body.querySelectorAll("h2, h3, h4, h5, h6")];
    list.replaceChildren(...(headings.length ? headings.map(entry) : [nothing()]));
  });
}

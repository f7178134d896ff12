// merging: puts the chosen passage of a merge view into the form's field; without it both texts stand there to copy from.
const section = document.querySelector(".conflict");
const data = document.getElementById("conflict-passages");

function write(field, start, stop, text) {
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, stop);
  // The browser's own Undo takes this back; where a browser cannot, the text is set.
  const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!done) {
    field.setRangeText(text, start, stop, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function place(field, parts, chosen, number) {
  const said = (part, at) => ("text" in part ? part.text : part[chosen[at]]);
  const before = parts.slice(0, number).map(said).join("");
  const old = said(parts[number], number);
  const whole = parts.map(said).join("");
  if (field.value === whole) return [before.length, before.length + old.length];
  const first = old ? field.value.indexOf(old) : -1;
  if (first < 0 || field.value.indexOf(old, first + 1) >= 0) return null;
  return [first, first + old.length];
}

if (section && data) {
  const passages = JSON.parse(data.textContent);
  const said = section.querySelector(".passage-said");
  const state = {};
  for (const [name, parts] of Object.entries(passages)) {
    state[name] = parts.map(() => "mine");
    for (const part of parts) {
      for (const key of Object.keys(part)) part[key] = part[key].replace(/\r\n?/g, "\n");
    }
  }
  section.querySelectorAll(".choices").forEach((choices) => { choices.hidden = false; });
  section.querySelectorAll(".whole-theirs").forEach((whole) => { whole.open = false; });
  section.addEventListener("change", (event) => {
    const passage = event.target.closest(".passage");
    if (!passage || event.target.type !== "radio") return;
    const name = passage.dataset.field;
    const number = Number(passage.dataset.place);
    const field = document.getElementById(`id_${name}`);
    const spot = place(field, passages[name], state[name], number);
    if (!spot) {
      const kept = [...passage.querySelectorAll("input")].find((input) => input.value === state[name][number]);
      kept.checked = true;
      said.textContent = said.dataset.byHand;
      return;
    }
    write(field, ...spot, passages[name][number][event.target.value]);
    state[name][number] = event.target.value;
    event.target.focus({ preventScroll: true });
    said.textContent = said.dataset.done;
  });
}

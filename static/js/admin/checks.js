// checks: asks what to look at in the text once typing rests, and leads to the place.
const WAIT = 1500; // milliseconds after the last key

const panel = document.querySelector("[data-checks]");
const text = document.getElementById("id_body");

function row(one) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  item.dataset.kind = one.kind;
  button.type = "button";
  button.dataset.quote = one.quote;
  button.textContent = one.sentence;
  item.append(button);
  return item;
}

function show(advice) {
  panel.querySelector("ul").replaceChildren(...advice.map(row));
  panel.querySelector("[data-count]").textContent = advice.length || "";
  panel.querySelector("[data-nothing]").hidden = advice.length > 0;
}

// A quote is words as readers see them; marks may stand between them in the text.
function place(quote) {
  for (let words = quote; words.length > 2; words = words.slice(0, Math.max(words.lastIndexOf(" "), 0))) {
    const at = text.value.indexOf(words);
    if (at >= 0) return { at, end: at + words.length };
  }
  return null;
}

function lead(quote) {
  const found = place(quote);
  text.focus();
  if (!found) return;
  text.setSelectionRange(found.at, found.end);
  const lines = text.value.slice(0, found.at).split("\n").length - 1;
  const height = parseFloat(getComputedStyle(text).lineHeight) || 24;
  text.scrollTop = Math.max(0, lines * height - text.clientHeight / 3);
}

let asked = 0;
async function ask(form) {
  const mine = ++asked;
  const body = new FormData();
  body.set("content", text.value);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(panel.dataset.checks, { method: "POST", body });
    if (answer.ok && mine === asked) show((await answer.json()).advice);
  } catch {
    // The line is down: what was found last stays.
  }
}

if (panel && text) {
  let waiting = 0;
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(text.form), WAIT);
  });
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-quote]");
    if (button) lead(button.dataset.quote);
  });
}

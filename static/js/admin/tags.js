// tags: offers the tags that there are while names are typed, parted by commas.
const WAIT = 150; // milliseconds after the last key

function parts(input) {
  const before = input.value.slice(0, input.selectionStart);
  const start = before.lastIndexOf(",") + 1;
  const rest = input.value.slice(input.selectionStart);
  const stop = rest.indexOf(",");
  const end = stop < 0 ? input.value.length : input.selectionStart + stop;
  return { start, end, word: input.value.slice(start, end).trim() };
}

function quoted(name) {
  return name.includes(",") || name.startsWith('"') ? `"${name.replaceAll('"', '""')}"` : name;
}

function dress(input) {
  const list = document.createElement("ul");
  const said = document.createElement("span");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestionsLabel);
  list.hidden = true;
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-autocomplete", "list");
  const holder = document.createElement("div");
  holder.className = "suggesting";
  input.before(holder);
  holder.append(input, list, said);

  let timer = 0;
  let asked = 0;
  let at = -1;

  function close() {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(next) {
    const options = [...list.children];
    at = (next + options.length) % options.length;
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    input.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  }

  function take(name) {
    const { start, end } = parts(input);
    const before = input.value.slice(0, start);
    const after = input.value.slice(end).replace(/^,\s*/, "");
    const head = `${before}${before ? " " : ""}${quoted(name)}, `.replace(/ {2,}/g, " ");
    input.value = head + after.trimStart();
    input.setSelectionRange(head.length, head.length);
    close();
  }

  function offer(names) {
    list.replaceChildren(...names.map((name, number) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${number}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = name;
      option.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(name);
      });
      return option;
    }));
    at = -1;
    list.hidden = names.length === 0;
    input.setAttribute("aria-expanded", String(names.length > 0));
    said.textContent = names.length ? `${names.length} tags fit.` : "";
  }

  async function ask() {
    const { word } = parts(input);
    const mine = ++asked;
    if (!word) {
      close();
      return;
    }
    try {
      const answer = await fetch(`${input.dataset.suggestions}?q=${encodeURIComponent(word)}`);
      const found = answer.ok ? (await answer.json()).names : [];
      if (mine === asked && document.activeElement === input) offer(found);
    } catch {
      close(); // The field works without suggestions.
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? -1 : at - 1);
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) take(list.children[at].textContent);
    else return;
    if (event.key !== "Tab") event.preventDefault();
  });
}

document.querySelectorAll("input[data-suggestions]").forEach(dress);

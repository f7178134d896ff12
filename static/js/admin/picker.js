// picker: the library in a dialog: a picture is found, and put into the text or made the cover.
const WAIT = 200; // milliseconds after the last key

export function picker(part, area, { put, upload }) {
  const dialog = part.querySelector("dialog");
  const at = (role) => dialog.querySelector(`[data-pick=${role}]`);
  const list = at("list");
  let chosen = null;
  let page = 1;
  let asked = 0;
  let timer = 0;
  let opener = null;
  let selected = [0, 0];

  function choose(picture, button) {
    chosen = picture;
    list.querySelectorAll("button").forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
    at("alt").value = picture ? picture.alt : "";
    at("alt").disabled = at("put").disabled = at("cover").disabled = !picture;
  }

  function entry(picture) {
    const row = document.createElement("li");
    const button = document.createElement("button");
    const image = document.createElement("img");
    const name = document.createElement("span");
    button.type = "button";
    button.setAttribute("aria-pressed", "false");
    image.src = picture.thumbnail;
    image.alt = "";
    image.loading = "lazy";
    name.textContent = picture.alt || picture.name || String(picture.id);
    if (!picture.alt && !picture.decorative) name.className = "unsaid";
    button.append(image, name);
    button.addEventListener("click", () => choose(picture, button));
    button.addEventListener("dblclick", () => { choose(picture, button); take(); });
    row.append(button);
    return row;
  }

  async function load(more) {
    asked += 1;
    const mine = asked;
    page = more ? page + 1 : 1;
    const question = new URLSearchParams({ q: at("question").value, page: String(page) });
    try {
      const answer = await fetch(`${part.dataset.choose}?${question}`, { headers: { Accept: "application/json" } });
      const found = await answer.json();
      if (mine !== asked) return;
      if (!more) list.replaceChildren();
      const rows = found.pictures.map(entry);
      list.append(...rows);
      at("more").hidden = !found.more;
      at("said").textContent = list.children.length ? "" : part.word("noneFound");
      if (!more) choose(null, null);
      else if (rows.length) rows[0].firstElementChild.focus();
    } catch {
      if (mine === asked) at("said").textContent = part.word("session");
    }
  }

  function take() {
    if (!chosen) return;
    const [picture, alt] = [chosen, at("alt").value.trim()];
    opener = null;
    shut();
    put(picture, alt);
  }

  /** Chromium forgets the selection of a text to which a closing dialog gives the focus back. */
  function shut() {
    if (dialog.open) dialog.close();
    area.setSelectionRange(...selected);
  }

  function open(from) {
    opener = from || document.activeElement;
    selected = [area.selectionStart, area.selectionEnd];
    dialog.showModal();
    at("question").focus();
    load(false);
  }

  list.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button")];
    const here = buttons.indexOf(document.activeElement);
    const columns = Math.max(1, buttons.filter((one) => one.offsetTop === buttons[0].offsetTop).length);
    const steps = { ArrowRight: here + 1, ArrowLeft: here - 1, ArrowDown: here + columns, ArrowUp: here - columns };
    if (here < 0 || !(event.key in steps)) return;
    event.preventDefault();
    const next = buttons[steps[event.key]];
    if (next) next.focus();
  });
  at("question").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => load(false), WAIT);
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    if (event.target === at("alt")) take();
    else load(false);
  });
  dialog.addEventListener("close", () => { if (opener && opener === area) shut(); if (opener && opener.isConnected) opener.focus({ preventScroll: true }); });
  at("more").addEventListener("click", () => load(true));
  at("put").addEventListener("click", take);
  at("cover").addEventListener("click", () => {
    if (part.cover) part.cover(chosen, at("alt").value.trim());
    shut();
  });
  at("upload").addEventListener("click", () => { opener = null; shut(); upload(); });
  at("close").addEventListener("click", shut);
  part.choose = open;
  area.form.addEventListener("desk:picture", () => open());
}

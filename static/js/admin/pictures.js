// pictures: dropped, pasted or chosen, several at once: each holds its place in the text, tells how far it is, and asks what it shows.
import { covers } from "./covers.js";
import { picker } from "./picker.js";
import { codeOf, place, placeholder, swap } from "./placing.js";
import { send } from "./sending.js";
import { say } from "./words.js";

const part = document.getElementById("pictures");
const form = part && part.closest("form");
const area = form && form.querySelector("#id_body");
const came = part && part.querySelector(".came");

function word(name, blanks = {}) {
  return part.words[name].replace(/\{(\w+)\}/g, (all, blank) => (blank in blanks ? blanks[blank] : all));
}

function token() {
  return form.querySelector("[name=csrfmiddlewaretoken]").value;
}

// -- one picture -----------------------------------------------------------------------------------

let number = 0;
let entered = false;
const items = new Set();

function item(file, name) {
  number += 1;
  const row = part.querySelector("template").content.firstElementChild.cloneNode(true);
  const one = { file, name, row, code: placeholder(area.dataset.format, word("uploading", { name, number })), state: "", picture: null };
  one.at = (role) => row.querySelector(`[data-at=${role}]`);
  one.at("name").textContent = name;
  one.at("cancel").setAttribute("aria-label", word("cancelNamed", { name }));
  one.at("cancel").addEventListener("click", () => { one.stop(); swap(area, one.code, ""); leave(one); });
  one.at("retry").addEventListener("click", () => { put([one], caret()); start(one); });
  one.at("close").addEventListener("click", () => { settle(one); leave(one); });
  one.at("again").addEventListener("click", () => put([one], caret()));
  one.at("cover").addEventListener("click", () => { part.cover(one.picture, one.at("alt").value); });
  one.at("alt").addEventListener("change", () => settle(one));
  one.at("decorative").addEventListener("change", () => settle(one));
  row.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.type !== "text") return;
    event.preventDefault();
    settle(one);
    leave(one, true);
  });
  items.add(one);
  came.querySelector("ol").append(row);
  came.hidden = false;
  return one;
}

function show(one, state, said = "") {
  one.state = state;
  one.row.dataset.state = state;
  one.at("said").textContent = said;
}

function leave(one, onwards = false) {
  const next = one.row.nextElementSibling || one.row.previousElementSibling;
  const had = one.row.contains(document.activeElement);
  items.delete(one);
  one.row.remove();
  came.hidden = !items.size;
  if (!had) return;
  const field = next && [...next.querySelectorAll("input[type=text], button")].find((control) => control.offsetParent);
  if (onwards && field) field.focus();
  else area.focus({ preventScroll: true });
}

/** Lines of their own at a place in the text. */
function put(some, at) {
  place(area, at, some.map((one) => one.code));
}

function start(one) {
  if (one.picture) one.picture = null;
  show(one, "sending", word("waiting"));
  const progress = one.at("progress");
  progress.value = 0;
  one.stop = send(area.dataset.markdownxUploadUrlsPath, one.file, token, {
    sending(share) {
      progress.value = share;
      one.at("said").textContent = word("sending", { percent: Math.round(share * 100) });
    },
    preparing() {
      progress.removeAttribute("value");
      one.at("said").textContent = word("preparing");
    },
    done: (picture) => { arrived(one, picture); resumed(); },
    failed: (sentence, status) => { failed(one, sentence || word(status === 403 || status === 200 ? "session" : "network")); resumed(); },
  });
}

function arrived(one, picture) {
  one.picture = picture;
  const code = codeOf(area.dataset.format, picture, picture.alt);
  const stands = swap(area, one.code, code);
  one.code = code;
  one.at("thumbnail").src = picture.thumbnail;
  one.at("alt").value = picture.alt;
  one.at("decorative").checked = picture.decorative;
  one.at("again").hidden = stands;
  show(one, "here", stands ? "" : word("gone"));
  say(word(picture.alt || picture.decorative ? "here" : "hereAsk", { name: one.name }));
}

function failed(one, sentence) {
  swap(area, one.code, "");
  show(one, "failed", sentence);
  say(`${one.name}: ${sentence}`);
}

/** What was said of a picture goes into the text, and to the picture itself. */
function settle(one) {
  if (one.state !== "here") return;
  const decorative = one.at("decorative").checked;
  const alt = decorative ? "" : one.at("alt").value.trim();
  one.at("alt").disabled = decorative;
  const code = codeOf(area.dataset.format, one.picture, alt);
  const old = one.code;
  // Noted first: the text takes the focus for a moment, and a field that loses it settles once more.
  one.code = code;
  if (code !== old && !swap(area, old, code)) one.code = old;
  if (alt === one.picture.alt && decorative === one.picture.decorative) return;
  Object.assign(one.picture, { alt, decorative });
  if (one.picture.changeable) remember(one.picture);
}

function remember(picture) {
  const data = new FormData();
  data.append("alt", picture.alt);
  if (picture.decorative) data.append("decorative", "on");
  data.append("csrfmiddlewaretoken", token());
  const address = part.dataset.words.replace("/0/", `/${picture.id}/`);
  fetch(address, { method: "POST", body: data, headers: { Accept: "application/json" }, keepalive: true }).catch(() => say(word("network")));
}

/** Where the caret stands, or the end of a text that nobody has been in yet. */
function caret() {
  return entered ? area.selectionEnd : area.value.length;
}

// -- the ways in -----------------------------------------------------------------------------------

function bring(files, at) {
  const made = [...files].map((file) => item(file, file.name || word("pasted")));
  const good = made.filter((one) => {
    const problem = refusal(one.file);
    if (problem) show(one, "failed", problem);
    one.at("retry").hidden = Boolean(problem);
    return !problem;
  });
  if (good.length) put(good, at);
  good.forEach(start);
  const bad = made.find((one) => one.state === "failed");
  if (bad) say(`${bad.name}: ${bad.at("said").textContent}`);
}

function refusal(file) {
  if (file.type && !part.dataset.kinds.split(",").includes(file.type)) return word("noPicture");
  return file.size > Number(part.dataset.most) ? word("tooBig") : "";
}

function holdsFiles(data) {
  return Boolean(data) && [...data.types].includes("Files");
}

function pasted(event) {
  const data = event.clipboardData;
  const files = data ? [...data.files].filter((file) => file.type.startsWith("image/")) : [];
  // Office programs put a picture of the words beside the words: the words are what was meant.
  if (!files.length || data.getData("text/plain").trim()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  bring(files, caret());
}

function dropped(event) {
  if (!holdsFiles(event.dataTransfer)) return;
  event.preventDefault();
  area.classList.remove("dropping");
  if (!event.target.closest(".writing")) return;
  event.stopImmediatePropagation();
  const spot = document.caretPositionFromPoint && document.caretPositionFromPoint(event.clientX, event.clientY);
  const at = event.target === area && spot && spot.offsetNode === area ? spot.offset : caret();
  bring(event.dataTransfer.files, at);
}

// -- saving meanwhile ------------------------------------------------------------------------------

let held = null;

function submitted(event) {
  items.forEach(settle);
  if (![...items].some((one) => one.state === "sending")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  held = { submitter: event.submitter };
  say(word("submitWaits"));
}

/** Goes on with a save that waited for pictures, unless one of them failed. */
function resumed() {
  const states = [...items].map((one) => one.state);
  if (!held || states.includes("sending")) return;
  const { submitter } = held;
  held = null;
  if (!states.includes("failed")) form.requestSubmit(submitter);
}

if (area) {
  part.words = JSON.parse(part.querySelector("script").textContent);
  part.word = word;
  part.token = token;
  covers(part, form);
  const file = part.querySelector("[data-upload]");
  file.addEventListener("change", () => {
    bring(file.files, caret());
    file.value = "";
  });
  picker(part, area, {
    put(picture, alt) {
      place(area, caret(), [codeOf(area.dataset.format, picture, alt)]);
      area.focus({ preventScroll: true });
    },
    upload: () => file.click(),
  });
  area.addEventListener("focus", () => { entered = true; }, { once: true });
  area.addEventListener("paste", pasted, true);
  form.addEventListener("submit", submitted, true);
  part.addEventListener("input", (event) => event.stopPropagation());
  window.addEventListener("dragover", (event) => {
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    const over = Boolean(event.target.closest && event.target.closest(".writing"));
    event.dataTransfer.dropEffect = over ? "copy" : "none";
    area.classList.toggle("dropping", over);
  });
  window.addEventListener("dragleave", (event) => { if (!event.relatedTarget) area.classList.remove("dropping"); });
  window.addEventListener("drop", dropped, true);
}

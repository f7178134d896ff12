// mend: what was mended leaves the list in place; what was typed in other rows stays. The page is complete without it.
const list = document.getElementById("mends");
const status = document.getElementById("mend-status");
const FIELDS = "input:not([type=hidden]), button, a";

function taken(row) {
  return row.nextElementSibling ?? row.previousElementSibling;
}

function swap(name, fresh) {
  const now = document.querySelector(name);
  const then = fresh.querySelector(name);
  if (now && then) now.replaceWith(then);
  else if (now) now.remove();
  else if (then) document.getElementById("main")?.before(then);
}

function say(fresh) {
  swap(".said", fresh);
  const lines = [...document.querySelectorAll(".messagelist li")].map((line) => line.textContent.trim());
  status.textContent = lines.join(" ");
}

function settle(fresh) {
  const rows = [...fresh.querySelectorAll("#mends > li")];
  const names = new Set(rows.map((row) => row.id));
  [...list.children].filter((row) => !names.has(row.id)).forEach((row) => row.remove());
  rows.forEach((row, place) => {
    if (!document.getElementById(row.id)) list.insertBefore(row, list.children[place] ?? null);
  });
  swap("#mend-head", fresh);
}

function focus(row, next) {
  const place = row?.isConnected ? row : next?.isConnected ? next : list.firstElementChild;
  const field = place?.querySelector(FIELDS) ?? document.querySelector("#mend-head a, #content-main");
  if (field && !field.matches(FIELDS)) field.tabIndex = -1;
  field?.focus();
}

async function send(form, submitter) {
  const row = form.closest("#mends > li");
  const next = row && taken(row);
  const data = new FormData(form);
  data.append(submitter.name, submitter.value);
  row?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok || !fresh.getElementById("mends")) throw new Error(String(answer.status));
    settle(fresh);
    say(fresh);
    focus(row, next);
  } catch {
    location.assign(form.action); // The page itself says what happened, or asks to sign in again.
  } finally {
    row?.removeAttribute("aria-busy");
  }
}

document.getElementById("content-main")?.addEventListener("submit", (event) => {
  if (!event.submitter) return;
  event.preventDefault();
  if (event.target.closest("[aria-busy]")) return;
  send(event.target, event.submitter);
});

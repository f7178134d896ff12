// searching: answers while a question is typed. The page answers without it, and every word it shows comes from the page.

const WAIT = 180; // milliseconds after the last key
const PARTS = ["narrowing", "found", "answers"];
const form = document.getElementById("search");
const field = document.getElementById("question");
let asking = null; // the request under way
let timer = 0;

function address() {
  const given = [...new FormData(form)].filter(([name, value]) => value.trim() || name === "q");
  return `${form.action}?${new URLSearchParams(given)}`;
}

function show(page) {
  for (const name of PARTS) {
    const fresh = page.getElementById(name);
    const here = document.getElementById(name);
    if (!fresh || here.contains(document.activeElement)) continue;
    here.replaceChildren(...fresh.childNodes);
  }
  document.title = page.title;
}

// Only the newest question counts: the answer to an earlier one may come later. No step is added to the history, so that
// "back" leaves the search, and the address is always that of what is shown.
async function answer() {
  asking?.abort();
  const own = new AbortController();
  asking = own;
  const wanted = address();
  try {
    const response = await fetch(wanted, { signal: own.signal, headers: { Accept: "text/html" } });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (own.signal.aborted) return;
    show(page);
    history.replaceState(history.state, "", wanted);
  } catch (problem) {
    if (problem.name !== "AbortError") form.dataset.away = ""; // the button still asks
  }
}

function typed(event) {
  clearTimeout(timer);
  if (!event.isComposing) timer = setTimeout(answer, WAIT);
}

// The arrow keys lead from the question through the answers and back.
function step(event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...document.querySelectorAll("#answers .title a")];
  const stops = [field, ...links];
  const at = stops.indexOf(document.activeElement);
  const to = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !to) return;
  event.preventDefault();
  to.focus();
}

form.addEventListener("submit", () => { clearTimeout(timer); asking?.abort(); });
field.addEventListener("input", typed);
field.addEventListener("compositionend", typed);
document.addEventListener("keydown", step);

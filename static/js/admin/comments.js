// comments: the comments on a draft beside its text: opened and closed, led to their paragraph, sent without leaving the page.
const section = document.querySelector("[data-comments]");
const area = document.getElementById("id_body");
const words = section ? section.dataset : {};

const plain = (text) => text.replace(/\s+/g, " ").trim();

function say(text) {
  section.querySelector("[data-said]").textContent = text;
}

/* -- the paragraph ------------------------------------------------------------------------------------ */

/** Where a paragraph of the saved text begins and ends in the form's text; null where it is not there any more. */
function placeOf(source) {
  const value = area.value;
  let start = value.indexOf(source);
  if (start < 0) start = value.indexOf(source.split("\n")[0].slice(0, 60));
  if (start < 0) return null;
  const end = value.indexOf("\n\n", start);
  return { start, end: end < 0 ? value.length : end };
}

function goTo(source, quote) {
  if (!area) {
    const blocks = [...document.querySelectorAll(".markdownx-preview :is(p, li, h2, h3, h4, pre, blockquote)")];
    const found = blocks.find((block) => plain(block.textContent).startsWith(plain(quote).slice(0, 40)));
    if (found) found.scrollIntoView({ block: "center" });
    else say(words.gone);
    return;
  }
  const place = placeOf(source);
  if (!place) {
    say(words.gone);
    return;
  }
  area.blur();
  area.setSelectionRange(place.start, place.start);
  area.focus(); // the browser brings the cursor into view
  area.setSelectionRange(place.start, place.end);
}

/** The paragraph where the cursor stands is the one that a new comment is on. */
function chooseByCursor() {
  const select = section.querySelector("select[name=paragraph]");
  const typed = section.querySelector(".comment-new textarea");
  if (!area || !select || (typed && typed.value)) return;
  const start = area.value.lastIndexOf("\n\n", Math.max(0, area.selectionStart - 1));
  const here = plain(area.value.slice(start < 0 ? 0 : start + 2).split("\n\n")[0]).slice(0, 60);
  const option = here && [...select.options].find((one) => plain(one.dataset.source).slice(0, 60) === here);
  if (option) select.value = option.value;
}

/* -- the part ----------------------------------------------------------------------------------------- */

function dress() {
  section.querySelectorAll("q[data-source]").forEach((quote) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "go";
    made.title = words.go;
    quote.before(made);
    made.append(quote);
    made.addEventListener("click", () => goTo(quote.dataset.source, quote.textContent));
  });
}

function show(html) {
  const made = new DOMParser().parseFromString(html, "text/html");
  const told = [...made.querySelectorAll(".comments-said")].map((line) => line.textContent);
  made.querySelectorAll(".comments-said").forEach((line) => line.remove());
  section.querySelector("[data-threads]").replaceChildren(...made.body.childNodes);
  dress();
  count();
  chooseByCursor();
  return told.join(" ");
}

async function ask(options = {}) {
  const answer = await fetch(words.address, { ...options, headers: { "X-Desk-Part": "1" } });
  if (answer.redirected) throw new Error("signed out");
  return { worked: answer.ok, refused: answer.status === 409, html: await answer.text() };
}

function complain(form, text) {
  let line = form.querySelector(".comment-problem");
  if (!line) {
    line = document.createElement("p");
    line.className = "comment-problem";
    line.setAttribute("role", "alert");
    form.append(line);
  }
  line.textContent = text;
}

async function send(event) {
  const form = event.target;
  if (form.method !== "post") return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  const thread = data.get("thread");
  event.submitter.disabled = true;
  try {
    const { worked, refused, html } = await ask({ method: "POST", body: data });
    if (worked) {
      say(show(html));
      const next = thread && section.querySelector(`#thread-${Number(thread)}`);
      const shown = next && next.checkVisibility();
      (shown ? next.querySelector("button") || next : section.querySelector("h2")).focus();
      return;
    }
    const made = new DOMParser().parseFromString(refused ? html : "", "text/html");
    const told = made.querySelector(".comments-said");
    complain(form, told ? told.textContent : words.failed);
  } catch {
    complain(form, words.failed);
  }
  event.submitter.disabled = false;
}

/* -- open and closed ---------------------------------------------------------------------------------- */

const toggle = document.createElement("button");

function count() {
  const number = Number(section.querySelector("[data-open]").dataset.open);
  const many = number === 1 ? words.toggleOne : words.toggleMany.replace("{number}", number);
  toggle.textContent = number === 0 ? words.toggleNone : many;
}

/** What others said meanwhile; nothing that is being written is touched. */
async function refresh() {
  try {
    const { worked, html } = await ask();
    const threads = section.querySelector("[data-threads]");
    const writing = [...threads.querySelectorAll("textarea")].some((field) => field.value);
    if (worked && !writing && !threads.contains(document.activeElement)) show(html);
  } catch {
    say(words.lost); // what is shown stays
  }
}

/** Below the bar that stays at the top, so that its buttons stay in reach. */
function belowTheBar() {
  const bar = document.querySelector(".bar");
  const from = bar ? Math.max(0, bar.getBoundingClientRect().bottom) : 0;
  section.style.setProperty("--comments-from", `${from}px`);
}

function open(wanted) {
  section.hidden = !wanted;
  document.documentElement.classList.toggle("comments-open", wanted);
  toggle.setAttribute("aria-expanded", String(wanted));
  if (wanted) {
    belowTheBar();
    chooseByCursor();
    section.querySelector("h2").focus();
    refresh();
  } else {
    toggle.focus();
  }
}

function begin() {
  section.classList.add("panel");
  section.hidden = true;
  toggle.type = "button";
  toggle.className = "comments-toggle";
  toggle.setAttribute("aria-controls", section.id);
  toggle.setAttribute("aria-expanded", "false");
  toggle.addEventListener("click", () => open(section.hidden));
  (document.querySelector("[data-bar-slot]") || section).before(toggle);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "comments-close";
  close.textContent = "×";
  close.setAttribute("aria-label", words.close);
  close.addEventListener("click", () => open(false));
  section.querySelector("h2").after(close);
  document.addEventListener("scroll", () => { if (!section.hidden) belowTheBar(); }, { passive: true });
  section.addEventListener("submit", send);
  section.addEventListener("keydown", (event) => {
    if (event.key === "Escape") open(false);
  });
  dress();
  count();
  if (location.hash === "#comments") open(true);
  window.addEventListener("hashchange", () => { if (location.hash === "#comments") open(true); });
  if (area) {
    document.addEventListener("selectionchange", () => {
      if (!section.hidden && document.activeElement === area) chooseByCursor();
    });
    area.form.addEventListener("desk:saved", refresh);
  }
}

if (section) begin();

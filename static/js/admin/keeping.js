// keeping: what is typed goes to the server by itself; while that can't be, this browser keeps it. Asks before what nobody keeps is left.
const told = JSON.parse(document.getElementById("keeping-told")?.textContent || "null");
const box = document.getElementById("keeping");
const form = document.querySelector(".desk form[id$=_form]");

const QUIET = 2000; // after the last key
const LONGEST = 20000; // between two keepings while somebody types on
const BEAT = 15000;
const AGAIN = 3000; // after the server did not answer; then twice as long, up to a beat
const MONTH = 30 * 24 * 3600 * 1000;
const MOST = 1500000; // characters of one text in this browser
const NOT_WORDS = /^(csrfmiddlewaretoken|base|opened|initial-.*|_.*)$/;
const WRITTEN = ["title", "body", "summary"]; // what a browser puts back by itself after a crash

// -- what the form says ----------------------------------------------------------------------------
function said() {
  const pairs = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_WORDS.test(name));
  return JSON.stringify(pairs.map(([name, value]) => [name, value.replace(/\r\n?/g, "\n")]));
}

function asOpened() {
  const now = JSON.parse(said());
  return JSON.stringify(now.map(([name, value]) => {
    const field = WRITTEN.includes(name) && form.elements.namedItem(name);
    return [name, field && "defaultValue" in field ? field.defaultValue.replace(/\r\n?/g, "\n") : value];
  }));
}

function chosenFiles() {
  return [...form.querySelectorAll("input[type=file]")].some((input) => input.name && input.files.length);
}

// -- this browser ------------------------------------------------------------------------------------
const stem = told && `masthead.unsaved.${told.user}.${told.post}.`;

function held() {
  const found = [];
  try {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith("masthead.unsaved."))) {
      let entry = null;
      try {
        entry = JSON.parse(localStorage.getItem(name));
      } catch {
        entry = null;
      }
      if (!entry || Date.now() - entry.at > MONTH) localStorage.removeItem(name);
      else if (name.startsWith(stem)) found.push([name, entry]);
    }
  } catch {
    return [];
  }
  return found;
}

function hold(name, entry) {
  if (entry.state.length > MOST) return false;
  try {
    localStorage.setItem(name, JSON.stringify(entry));
    return true;
  } catch {
    return false;
  }
}

function letGo(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was held.
  }
}

function tabName() {
  // Taken out while the page is open: a copy of this tab finds none and makes one of its own.
  let name = "";
  try {
    name = sessionStorage.getItem("masthead.tab") || "";
    sessionStorage.removeItem("masthead.tab");
  } catch {
    name = "";
  }
  return name || [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, "0")).join("");
}

// -- the server --------------------------------------------------------------------------------------
function token() {
  const found = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
  const value = found ? found.slice("csrftoken=".length) : "";
  // A sign-in in another tab changed it under this page.
  if (value) document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => { input.value = value; });
  return value || form.querySelector("[name=csrfmiddlewaretoken]").value;
}

function parcel(fields) {
  const data = new FormData();
  for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token(), ...fields })) data.append(name, value);
  return data;
}

let line = Promise.resolve();

function ask(fields) {
  // One at a time, in the order they were asked.
  line = line.then(() => fetched(fields));
  return line;
}

async function fetched(fields) {
  // {answer} or {why}; "away": nobody answered.
  try {
    const got = await fetch(told.url, { method: "POST", body: parcel(fields), credentials: "same-origin" });
    const json = (got.headers.get("Content-Type") || "").includes("json");
    const answer = json ? await got.json() : {};
    if (got.ok && json) return { answer };
    return { why: answer.why || (got.status === 403 ? "signed_out" : "away"), said: answer.said || "" };
  } catch {
    return { why: "away", said: "" };
  }
}

function begin() {
  const status = document.getElementById("desk-status");
  const sealed = form.elements.namedItem("opened").value;
  const tab = tabName();
  const opened = asOpened();
  const own = stem + told.key; // this form's copy in this browser
  let saved = told.unsaved ? "" : opened; // what the post says
  let kept = told.kept ? said() : null; // what the server keeps unsaved
  let since = 0;
  let timer = 0;
  let beating = 0;
  let asking = false;
  let patience = AGAIN;
  let leaving = false;
  let why = "";

  const base = () => form.elements.namedItem("base").value;
  const dirty = () => said() !== saved;
  const unkept = () => dirty() && said() !== kept;
  const say = (words) => { if (status && words !== undefined && status.textContent !== words) status.textContent = words; };
  const announce = (name, detail) => form.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));

  function holdHere() {
    const state = said();
    if (state === saved) return letGo(own);
    return hold(own, { state, at: Date.now(), up: state === kept, opened: sealed, base: base() });
  }

  async function keep() {
    clearTimeout(timer);
    since = 0;
    const state = said();
    if (state === kept || (state === saved && kept === null)) return beat();
    if (asking) return later();
    asking = true;
    const here = holdHere();
    const got = await ask({ tab, base: base(), opened: sealed, state: state === saved ? "" : state });
    asking = false;
    if (!got.answer) return unheard(got.why, here ? box.dataset.notYet : got.said || box.dataset.nowhere);
    kept = state === saved ? null : state;
    holdHere();
    say(state === saved ? "" : got.answer.said);
    heard(got.answer);
    return announce("desk:autosaved", {});
  }

  async function beat() {
    const got = await ask({ tab, base: base(), opened: sealed });
    if (got.answer) heard(got.answer);
    else unheard(got.why, unkept() ? box.dataset.notYet : undefined);
  }

  function heard(answer) {
    why = "";
    patience = AGAIN;
    announce("desk:beat", answer);
  }

  function unheard(reason, words) {
    why = reason;
    say(words);
    announce("desk:beat", { why });
    if (why !== "away" || !unkept()) return;
    clearTimeout(timer);
    timer = setTimeout(keep, patience);
    patience = Math.min(BEAT, patience * 2);
  }

  function later() {
    clearTimeout(timer);
    since ||= Date.now();
    timer = setTimeout(keep, Math.max(0, Math.min(QUIET, since + LONGEST - Date.now())));
  }

  function rhythm() {
    clearInterval(beating);
    if (!document.hidden) beating = setInterval(() => (unkept() ? keep() : beat()), BEAT);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  window.addEventListener("online", keep);
  window.addEventListener("focus", () => { if (why) keep(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) keep(); });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) holdHere();
    else keep();
    rhythm();
  });

  form.addEventListener("submit", (event) => {
    token();
    holdHere();
    if (why === "signed_out" || why === "another_user") {
      event.preventDefault();
      keep();
      return;
    }
    leaving = true;
    setTimeout(() => { if (event.defaultPrevented) leaving = false; });
  });
  form.addEventListener("desk:saved", (event) => {
    if (event.detail?.revision) form.elements.namedItem("base").value = event.detail.revision;
    leaving = false;
    saved = said();
    kept = null;
    letGo(own);
    beat();
  });

  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (chosenFiles() || unkept())) event.preventDefault();
  });
  window.addEventListener("pagehide", () => {
    try {
      sessionStorage.setItem("masthead.tab", tab);
    } catch {
      // The next page makes a name of its own.
    }
    holdHere();
    const last = { tab, base: base(), opened: sealed, leaving: "1" };
    if (!leaving && unkept()) last.state = said();
    // A browser carries no more than 64 kB out of a page that closes; what is longer is held here.
    if (!navigator.sendBeacon(told.url, parcel(last)) && last.state) {
      delete last.state;
      navigator.sendBeacon(told.url, parcel(last));
    }
  });

  document.getElementById("newer")?.querySelector("button")?.addEventListener("click", async () => {
    await keep();
    if (unkept()) return;
    leaving = true;
    location.assign(dirty() ? `${told.here}?unsaved=${encodeURIComponent(told.key)}` : told.here);
  });

  // What this browser held when the server could not be reached goes up now, and is offered like the rest.
  async function bringUp() {
    let came = false;
    for (const [name, entry] of held()) {
      const key = name.slice(stem.length);
      if (key === told.key) continue;
      const done = told.saved.includes(key) || entry.state === opened || (entry.up && !told.offered.includes(key));
      const age = Math.round((Date.now() - entry.at) / 1000);
      if (done) letGo(name);
      else if (!entry.up) {
        const got = await ask({ base: entry.base, opened: entry.opened, state: entry.state, age });
        if (got.answer && hold(name, { ...entry, up: true })) came = true;
      }
    }
    if (came && !dirty()) location.reload();
  }

  rhythm();
  if (dirty() && !told.kept) later();
  beat().then(bringUp);
}

if (told && told.key && form && box) begin();

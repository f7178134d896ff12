// preview: the text as its page will show it, brought from the server while somebody writes; only what changed is put in.
import { patch } from "./patching.js";
import { word } from "./words.js";

const SOON = 20; // milliseconds after a key, where the preview is seen
const LATER = 700; // where it is not: words are counted all the same

export function preview(form, area) {
  const frame = form.querySelector(".preview-frame");
  const said = form.querySelector("[data-preview-said]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const address = new URL(area.dataset.markdownxUrlsPath, location.href);
  address.searchParams.set("counted", "1");
  let timer = 0;
  let asking = false;
  let again = false;

  function page() {
    const inside = frame.contentDocument;
    return inside && inside.readyState !== "loading" ? inside.querySelector(".body") : null;
  }

  function trouble(text) {
    said.textContent = text;
    said.hidden = !text;
  }

  async function brought() {
    const data = new FormData();
    data.append("content", area.value);
    data.append("language", form.elements.language?.value || "");
    data.append("csrfmiddlewaretoken", token);
    const answer = await fetch(address, { method: "POST", body: data });
    if (!answer.ok) {
      const refusal = new DOMParser().parseFromString(await answer.text(), "text/html");
      const sentence = refusal.querySelector(".errornote");
      throw new Error(sentence ? sentence.textContent : "");
    }
    return answer.json();
  }

  async function ask() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    again = false;
    try {
      show(await brought());
      trouble("");
    } catch (error) {
      trouble((error instanceof TypeError ? "" : error.message) || word("previewFailed"));
    }
    asking = false;
    if (again) ask();
  }

  function show(found) {
    const body = page();
    if (body) {
      patch(body, found.html);
      contents(body.ownerDocument, found.contents);
    }
    form.dispatchEvent(new CustomEvent("desk:rendered", { bubbles: true, detail: { ...found, body } }));
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, frame.offsetParent ? SOON : LATER);
  }

  frame.addEventListener("load", () => { dress(frame, form); ask(); });
  area.addEventListener("input", soon);
  form.addEventListener("desk:laid-out", soon);
  form.addEventListener("input", (event) => { if (event.target !== area) head(frame, form); });
  if (page()) dress(frame, form);
  ask();
}

/** The page's own list of its headings. */
function contents(inside, listed) {
  const frame = inside.querySelector(".contents");
  frame.hidden = listed.length === 0;
  frame.querySelector("ol").replaceChildren(...listed.map(([level, id, text]) => {
    const item = inside.createElement("li");
    const link = inside.createElement("a");
    item.className = `level-${level}`;
    link.href = `#${encodeURIComponent(id)}`;
    link.textContent = text;
    item.append(link);
    return item;
  }));
}

/** What stands above the text on its page, as the form says it now. */
function head(frame, form) {
  const inside = frame.contentDocument;
  const field = (name) => (form.elements[name] ? form.elements[name].value.trim() : "");
  inside.querySelector("h1").textContent = field("title");
  const introduction = inside.querySelector(".introduction");
  introduction.textContent = field("summary");
  introduction.hidden = !field("summary");
  inside.documentElement.lang = field("language") || form.querySelector("[data-preview]").dataset.language;
}

/** Links of the preview lead within it or open beside the desk; they never take the text away. */
function dress(frame, form) {
  const inside = frame.contentDocument;
  head(frame, form);
  inside.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    const asked = link.getAttribute("href");
    if (asked.startsWith("#")) {
      const target = inside.getElementById(decodeURIComponent(asked.slice(1)));
      if (target) target.scrollIntoView();
    } else {
      window.open(link.href, "_blank", "noopener");
    }
  });
}

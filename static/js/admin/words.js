// words: the sentences that scripts say, brought by the page in the language of whoever reads it.
const brought = document.querySelector("[data-words]");
const sentences = brought ? JSON.parse(brought.dataset.words) : {};

/** The sentence of this name; `{blanks}` in it are filled. */
export function word(name, blanks = {}) {
  return (sentences[name] || "").replace(/\{(\w+)\}/g, (all, blank) => (blank in blanks ? blanks[blank] : all));
}

const status = document.getElementById("desk-status");

/** Says something short where the page says how things stand; read aloud by assistive programs. */
export function say(text) {
  if (status) status.textContent = text;
}

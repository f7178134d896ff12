// fields: the title is one line that leads on to the text; both grow with their words in browsers that need help with it.
const GROWS = CSS.supports("field-sizing", "content");

export function fields(form, area) {
  const title = form.querySelector("#id_title");
  title.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    area.focus();
    area.setSelectionRange(0, 0);
  });
  if (GROWS) return;
  for (const field of [title, area]) {
    field.addEventListener("input", () => grow(field));
    grow(field);
  }
  addEventListener("resize", () => [title, area].forEach(grow));
}

function grow(field) {
  const at = scrollY;
  field.style.blockSize = "auto";
  field.style.blockSize = `${field.scrollHeight}px`;
  scrollTo({ top: at, behavior: "instant" });
}

// covers: shows the cover that is chosen in place of its number, with what takes it off.
export function covers(part, form) {
  const field = form.querySelector("#id_cover");
  const frame = document.getElementById("cover-chosen");
  if (!field || !frame) return;
  const holder = field.closest(".form-row") || field.parentElement;
  const image = frame.querySelector("img");
  const words = form.querySelector("#id_cover_alt");
  const shown = form.querySelector(".field-cover_shown");

  holder.classList.add("number-hidden");
  holder.append(frame);
  frame.hidden = false;

  function show(picture) {
    image.hidden = !picture;
    frame.querySelector("[data-cover=off]").hidden = !field.value;
    if (picture) image.src = picture.thumbnail;
    if (shown) shown.hidden = Boolean(picture) || !field.value;
  }

  function set(value, picture) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    show(picture);
  }

  part.cover = (picture, alt) => {
    set(String(picture.id), picture);
    if (words) words.value = alt || picture.alt; // the words of another cover would be wrong here
    frame.querySelector("[data-cover=said]").textContent = part.word("coverSet");
  };
  frame.querySelector("[data-cover=off]").addEventListener("click", () => {
    set("", null);
    if (words) words.value = "";
    frame.querySelector("[data-cover=said]").textContent = part.word("coverOff");
    frame.querySelector("[data-cover=choose]").focus();
  });
  frame.querySelector("[data-cover=choose]").addEventListener("click", (event) => part.choose(event.currentTarget));
  show(null);
}

// counting: how many words, and how long reading them takes; as the server counts them.
import { word } from "./words.js";

const WORD = /[\p{L}\p{N}]+/gu;

export function counting(form, area) {
  const places = [...form.querySelectorAll("[data-counted]")];
  let whole = places[0].textContent;

  function show() {
    const selected = document.activeElement === area ? area.value.slice(area.selectionStart, area.selectionEnd) : "";
    const words = (selected.match(WORD) || []).length;
    places.forEach((place) => { place.textContent = words ? word("selected", { words }) : whole; });
  }

  form.addEventListener("desk:rendered", (event) => {
    whole = event.detail.counted;
    show();
  });
  document.addEventListener("selectionchange", show);
}

// bylines: moves an author up or down; without it the number beside the name says the place.
function rows(frame) {
  return [...frame.querySelectorAll(".byline")];
}

function number(frame) {
  rows(frame).forEach((row, place) => { row.querySelector("input[type=number]").value = place + 1; });
}

function mover(frame, row, label, shift) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "mover";
  made.textContent = shift < 0 ? "↑" : "↓";
  made.setAttribute("aria-label", label);
  made.addEventListener("click", () => {
    const other = shift < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other || !other.classList.contains("byline")) return;
    if (shift < 0) other.before(row);
    else other.after(row);
    number(frame);
    made.focus();
  });
  return made;
}

document.querySelectorAll("[data-bylines]").forEach((frame) => {
  frame.classList.add("scripted");
  rows(frame).forEach((row, place) => {
    row.append(mover(frame, row, `Move author ${place + 1} up`, -1), mover(frame, row, `Move author ${place + 1} down`, 1));
  });
});

// bylines: moves an author up or down, by button or by dragging, and says where it is; without it the number beside the name says the place.
const words = (frame, name, blanks) => frame.dataset[name].replace(/\{(\w+)\}/g, (all, blank) => (blank in blanks ? blanks[blank] : all));
const rows = (frame) => [...frame.querySelectorAll(".byline")];

function nameOf(frame, row) {
  return row.querySelector("input[type=text]").value.trim() || frame.dataset.nobody;
}

function label(frame) {
  rows(frame).forEach((row) => {
    const name = nameOf(frame, row);
    row.querySelectorAll("[data-shift]").forEach((button) => {
      button.setAttribute("aria-label", words(frame, button.dataset.shift < 0 ? "up" : "down", { name }));
    });
  });
}

/** Writes the places anew, lets whoever listens to the form know, and says where the row is now. */
function settle(frame, row, before) {
  const all = rows(frame);
  all.forEach((one, place) => { one.querySelector("input[type=number]").value = place + 1; });
  const place = all.indexOf(row) + 1;
  const blanks = { name: nameOf(frame, row), place, number: all.length };
  frame.querySelector("[data-moved-said]").textContent = words(frame, place === before ? "edge" : "moved", blanks);
  if (place !== before) row.querySelector("input[type=number]").dispatchEvent(new Event("input", { bubbles: true }));
}

function mover(frame, row, shift) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "mover";
  made.textContent = shift < 0 ? "↑" : "↓";
  made.dataset.shift = shift;
  made.addEventListener("click", () => {
    const all = rows(frame);
    const at = all.indexOf(row);
    const other = all[at + shift];
    if (other && shift < 0) other.before(row);
    if (other && shift > 0) other.after(row);
    settle(frame, row, at + 1);
    made.focus();
  });
  return made;
}

function grip(frame, row) {
  const made = document.createElement("span");
  made.className = "grip";
  made.draggable = true;
  made.title = frame.dataset.grip;
  made.setAttribute("aria-hidden", "true"); // the buttons are for those who cannot drag
  made.textContent = "⠿";
  let began = 0;
  made.addEventListener("dragstart", (event) => {
    began = rows(frame).indexOf(row) + 1;
    row.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", nameOf(frame, row));
    event.dataTransfer.setDragImage(row, 0, 0);
  });
  made.addEventListener("dragend", () => {
    row.classList.remove("dragged");
    settle(frame, row, began);
  });
  return made;
}

function follow(frame, event) {
  const dragged = frame.querySelector(".byline.dragged");
  if (!dragged) return;
  event.preventDefault();
  const over = event.target.closest(".byline");
  if (!over || over === dragged) return;
  const box = over.getBoundingClientRect();
  if (event.clientY < box.top + box.height / 2) over.before(dragged);
  else over.after(dragged);
}

document.querySelectorAll("[data-bylines]").forEach((frame) => {
  frame.classList.add("scripted");
  rows(frame).forEach((row) => {
    row.prepend(grip(frame, row));
    row.append(mover(frame, row, -1), mover(frame, row, 1));
  });
  label(frame);
  frame.addEventListener("input", () => label(frame));
  frame.addEventListener("dragover", (event) => follow(frame, event));
  frame.addEventListener("drop", (event) => { if (frame.querySelector(".dragged")) event.preventDefault(); });
});

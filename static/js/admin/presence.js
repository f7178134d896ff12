// presence: shows who else has the post open, what was saved meanwhile, and that somebody was signed out; told by each beat.
const form = document.querySelector(".desk form[id$=_form]");
const people = document.getElementById("people-here");
const newer = document.getElementById("newer");
const door = document.getElementById("signed-out");

function set(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function piece(kind, words) {
  const made = document.createElement("span");
  made.className = kind;
  made.textContent = words;
  if (kind !== "visually-hidden") made.setAttribute("aria-hidden", "true"); // the sentence says both
  return made;
}

function showPeople(found) {
  const words = JSON.stringify(found);
  if (people.dataset.shown === words) return;
  people.dataset.shown = words;
  people.replaceChildren(...found.map(({ initials, name, said }) => {
    const row = document.createElement("li");
    row.title = said;
    row.append(piece("initials", initials), piece("name", name), piece("visually-hidden", said));
    return row;
  }));
  people.hidden = !found.length;
}

function showNewer(found) {
  const [link, button] = [newer.querySelector("a"), newer.querySelector("button")];
  set(newer.querySelector("span"), found ? found.said : "");
  link.hidden = button.hidden = !found;
  if (found) link.href = found.look;
}

function showDoor(why) {
  const shut = why === "signed_out" || why === "another_user";
  door.querySelectorAll("[data-why]").forEach((words) => { words.hidden = words.dataset.why !== why; });
  door.hidden = !shut;
}

if (form && people && newer && door) {
  form.addEventListener("desk:beat", ({ detail }) => {
    showDoor(detail.why || "");
    if (detail.why) return;
    showPeople(detail.people);
    showNewer(detail.newer);
  });
}

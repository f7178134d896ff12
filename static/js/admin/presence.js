// presence: shows who else has the post open, what was saved meanwhile, and that somebody was signed out; told by each beat.
const form = document.querySelector(".desk form[id$=_form]");
const people = document.getElementById("people-here");
const newer = document.getElementById("newer");
const door = document.getElementById("signed-out");

function set(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function showPeople(found) {
  const words = JSON.stringify(found);
  if (people.dataset.shown === words) return;
  people.dataset.shown = words;
  people.replaceChildren(...found.map(({ initials, said }) => {
    const row = document.createElement("li");
    const tint = document.createElement("span");
    tint.className = "initials";
    tint.setAttribute("aria-hidden", "true");
    tint.textContent = initials;
    row.append(tint, said);
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

// author: shows name, life and picture below the form as the author's page will show them, while they are typed and chosen.
const WAIT = 300; // milliseconds after the last key
const shown = document.querySelector("[data-author-shown]");
const name = document.getElementById("id_name");
const bio = document.getElementById("id_bio");
const upload = document.getElementById("id_new_picture");

async function showBio() {
  const data = new FormData();
  data.set("bio", bio.value);
  data.set("csrfmiddlewaretoken", bio.form.querySelector("[name=csrfmiddlewaretoken]").value);
  try {
    const answer = await fetch(shown.dataset.address, { method: "POST", body: data });
    if (!answer.ok || answer.redirected) return;
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    shown.querySelector("[data-bio]").replaceChildren(...made.body.childNodes);
  } catch {
    // without an answer it goes on showing the last one
  }
}

function showPicture() {
  const [file] = upload.files;
  if (!file || !file.type.startsWith("image/")) return;
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    const picture = shown.querySelector("[data-picture]");
    picture.src = reader.result;
    picture.hidden = false;
  });
  reader.readAsDataURL(file);
}

if (shown && name && bio) {
  let timer = 0;
  name.addEventListener("input", () => { shown.querySelector("[data-name]").textContent = name.value; });
  bio.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(showBio, WAIT);
  });
  if (bio.value) showBio();
  if (upload) upload.addEventListener("change", showPicture);
}

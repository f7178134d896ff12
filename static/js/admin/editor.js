// editor: what the Markdown field does beside the preview: views, pictures by a button, a Tab key that leaves the field.
const VIEWS = [["write", "Write"], ["both", "Side by side"], ["read", "Preview"]];
const REFUSED = "Invalid response"; // what django-markdownx writes into the text when an upload fails

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

function remembered() {
  try {
    return localStorage.getItem("masthead.editor") || "write";
  } catch {
    return "write";
  }
}

function insert(area, text) {
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  const gap = text.startsWith("![](") ? area.selectionStart - text.length + 2 : null;
  if (gap !== null) area.setSelectionRange(gap, gap);
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

async function send(area, file, say) {
  const data = new FormData();
  data.append("image", file);
  data.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  try {
    const answer = await fetch(area.dataset.markdownxUploadUrlsPath, { method: "POST", body: data });
    const found = await answer.json();
    if (found.image_code) {
      insert(area, found.image_code);
      say(found.alt ? "" : "Say what the picture shows, between the square brackets.");
    } else {
      say(found.error);
    }
  } catch {
    say("The picture could not be sent. Try again.");
  }
}

function dress(frame) {
  const area = frame.querySelector(".markdownx-editor");
  const preview = frame.querySelector(".markdownx-preview");
  const bar = document.createElement("div");
  const said = document.createElement("p");
  const file = document.createElement("input");
  bar.className = "editor-bar";
  said.className = "editor-said";
  said.setAttribute("role", "status");
  const say = (text) => { said.textContent = text || ""; };

  const choices = VIEWS.map(([view, label]) => {
    const choice = button(label, () => show(view));
    choice.dataset.view = view;
    bar.append(choice);
    return choice;
  });
  function show(view) {
    frame.dataset.view = view;
    choices.forEach((choice) => choice.setAttribute("aria-pressed", String(choice.dataset.view === view)));
    try {
      localStorage.setItem("masthead.editor", view);
    } catch {
      // A browser that keeps nothing still shows the view.
    }
  }

  file.type = "file";
  file.accept = "image/png,image/jpeg,image/webp,image/gif,image/avif";
  file.hidden = true;
  file.addEventListener("change", () => {
    if (file.files[0]) send(area, file.files[0], say);
    file.value = "";
  });
  bar.append(button("Add a picture…", () => file.click()), file);
  preview.setAttribute("role", "region");
  preview.setAttribute("aria-label", "Preview");
  preview.tabIndex = 0;
  frame.before(bar);
  frame.after(said);

  // Tab leaves the field, as everywhere; django-markdownx would keep the keyboard inside.
  frame.addEventListener("keydown", (event) => {
    if (event.key === "Tab") event.stopPropagation();
  }, true);
  frame.addEventListener("markdownx.fileUploadEnd", (event) => {
    const answer = [].concat(event.detail || [])[0];
    if (answer && !answer.alt) say("Say what the picture shows, between the square brackets.");
  });
  frame.addEventListener("markdownx.fileUploadError", (event) => {
    const answer = [].concat(event.detail || [])[0];
    say((answer && answer.error) || "The picture could not be used.");
    setTimeout(() => {
      area.value = area.value.replace(REFUSED, "");
    });
  });
  show(remembered());
}

document.querySelectorAll(".markdownx").forEach(dress);

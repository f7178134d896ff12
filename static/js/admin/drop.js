// drop: a Markdown file let fall anywhere on the desk's front page goes into the form that makes a draft of it.
const form = document.querySelector("form[data-drop]");

if (form) {
  const input = form.querySelector("input[type=file]");
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    form.classList.add("awaited");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("awaited");
  });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    form.classList.remove("awaited");
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

// desk: asks before a page with unsaved text is left.
const form = document.querySelector(".desk form[id$=_form]");

if (form) {
  let touched = false;
  form.addEventListener("input", () => { touched = true; });
  form.addEventListener("submit", () => { touched = false; });
  window.addEventListener("beforeunload", (event) => {
    if (touched) event.preventDefault();
  });
}

// help: the sheet of keys.
export function help(form) {
  const sheet = form.querySelector("[data-help]");
  sheet.querySelector("[data-help-close]").addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); });
  return () => sheet.showModal();
}

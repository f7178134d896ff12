// copying: a button beside an address that is shown once, which copies it.
document.querySelectorAll("input[data-copy]").forEach((field) => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = field.dataset.copy;
  made.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // where the page is not served over https
    }
    made.textContent = field.dataset.copied;
  });
  field.after(made);
  field.addEventListener("focus", () => field.select());
});

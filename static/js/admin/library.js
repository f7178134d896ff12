// library: words are kept in place, and the next picture that waits for them is next; without it each is a page of its own.
const forms = [...document.querySelectorAll("form[data-words-form]")];

function kept(form, picture) {
  const { alt, decorative } = form.elements;
  const asked = alt.closest(".asked");
  const card = asked.closest("li");
  const next = forms.slice(forms.indexOf(form) + 1).find((one) => one.isConnected);
  const said = document.createElement("p");
  said.tabIndex = -1;
  said.textContent = picture.decorative ? decorative.parentElement.textContent.trim() : picture.alt;
  card.querySelector("img").alt = picture.alt;
  asked.replaceWith(said);
  form.remove();
  (next ? next.elements.alt : said).focus();
}

async function keep(form) {
  const problem = form.elements.alt.closest(".asked").querySelector(".problem");
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
  const found = await answer.json();
  if (found.error) {
    problem.hidden = false;
    problem.textContent = found.error;
  } else if (found.alt || found.decorative) {
    kept(form, found);
  }
}

forms.forEach((form) => {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(form).catch(() => form.submit()); // the server says it on a page
  });
});

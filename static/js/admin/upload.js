// upload: a picture that was chosen, pasted or dropped is kept, and its Markdown put where the caret stood.
import { change } from "./typing.js";
import { say, word } from "./words.js";

const KINDS = "image/png,image/jpeg,image/webp,image/gif,image/avif";

export function upload(form, area) {
  const file = document.createElement("input");
  file.type = "file";
  file.accept = KINDS;
  file.hidden = true;
  file.dataset.upload = "";
  form.querySelector("[data-toolbar]").append(file);

  async function send(picture) {
    const data = new FormData();
    data.append("image", picture);
    data.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      const answer = await fetch(area.dataset.markdownxUploadUrlsPath, { method: "POST", body: data });
      const found = await answer.json();
      if (found.image_code) put(found);
      else say(found.error);
    } catch {
      say(word("uploadFailed"));
    }
  }

  function put({ image_code: code, alt }) {
    const { selectionStart: start, selectionEnd: end } = area;
    const gap = !alt && code.startsWith("![](") ? start + 2 : start + code.length;
    change(area, start, end, code, gap);
    say(alt ? "" : word("uploadAlt"));
  }

  file.addEventListener("change", () => {
    if (file.files[0]) send(file.files[0]);
    file.value = "";
  });
  function taken(event, data) {
    const picture = data && [...data.files].find((one) => KINDS.includes(one.type));
    if (!picture || event.defaultPrevented) return;
    event.preventDefault();
    send(picture);
  }
  area.addEventListener("paste", (event) => { if (!event.clipboardData.types.includes("text/html")) taken(event, event.clipboardData); });
  area.addEventListener("drop", (event) => taken(event, event.dataTransfer));
  form.addEventListener("desk:picture", () => file.click());
}

// writing: brings the page of a post to life: tools, keys, preview, settings; each does one thing in a module of its own.
import { acts } from "./acts.js";
import { counting } from "./counting.js";
import { drawer } from "./drawer.js";
import { fields } from "./fields.js";
import { help } from "./help.js";
import { lists } from "./lists.js";
import { outline } from "./outline.js";
import { paste } from "./paste.js";
import { preview } from "./preview.js";
import { quoting } from "./quoting.js";
import { scrollsync } from "./scrollsync.js";
import { shortcuts } from "./shortcuts.js";
import { toolbar } from "./toolbar.js";
import { views } from "./views.js";

const form = document.querySelector(".at-the-text form[id$=_form]");
const area = form && form.querySelector("#id_body");

if (area) {
  form.classList.add("scripted");
  form.querySelectorAll("[data-scripted]").forEach((part) => { part.hidden = false; });
  const seen = views(form);
  const act = acts(form, area, { ...seen, drawer: drawer(form), help: help(form), quotes: quoting(form, area) });
  fields(form, area);
  toolbar(form, act);
  shortcuts(form, act);
  counting(form, area);
  outline(form, area);
  paste(area);
  lists(area);
  scrollsync(form, area);
  preview(form, area);
}

// views: the text alone, the preview beside it, or on a narrow page one of them at a time.
import { remember, remembered } from "./remembering.js";

export const NARROW = matchMedia("(max-width: 60rem)");

export function views(form) {
  const preview = form.querySelector("[data-preview]");
  const beside = form.querySelector("[data-tool=preview]");
  const quiet = form.querySelector("[data-tool=quiet]");
  const tabs = [...form.querySelectorAll("button[data-tab]")];

  function told() {
    form.dispatchEvent(new CustomEvent("desk:laid-out", { bubbles: true }));
  }

  function tab(name) {
    form.dataset.tab = name;
    tabs.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.tab === name)));
    told();
  }

  function side(shown) {
    form.classList.toggle("side-by-side", shown);
    beside.setAttribute("aria-pressed", String(shown));
    told();
  }

  function still(on) {
    document.body.classList.toggle("quiet-page", on);
    quiet.setAttribute("aria-pressed", String(on));
    told();
  }

  preview.hidden = false;
  tabs.forEach((one) => one.addEventListener("click", () => tab(one.dataset.tab)));
  tab("write");
  side(remembered("side", true));
  return {
    preview() {
      if (NARROW.matches) {
        tab(form.dataset.tab === "write" ? "read" : "write");
        return;
      }
      const shown = !form.classList.contains("side-by-side");
      side(shown);
      remember("side", shown);
    },
    quiet: () => still(!document.body.classList.contains("quiet-page")),
    write: () => tab("write"),
  };
}

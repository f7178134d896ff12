// drawer: the settings beside the text, shown or not, as they were left.
import { remember, remembered } from "./remembering.js";
import { NARROW } from "./views.js";

export function drawer(form) {
  const panel = form.querySelector("#desk-drawer");
  const toggle = form.querySelector("[data-tool=drawer]");

  function show(open) {
    form.classList.toggle("drawer-open", open);
    panel.inert = !open;
    toggle.setAttribute("aria-expanded", String(open));
    form.dispatchEvent(new CustomEvent("desk:laid-out", { bubbles: true }));
  }

  function open() {
    show(true);
    remember("drawer", true);
    panel.querySelector("#drawer-title").focus();
  }

  function close() {
    const within = panel.contains(document.activeElement);
    show(false);
    remember("drawer", false);
    if (within) toggle.focus();
  }

  form.querySelector("[data-drawer-close]").addEventListener("click", close);
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    close();
  });
  // On a narrow page the settings stand where the text and its preview stand else.
  form.addEventListener("click", (event) => { if (event.target.closest("button[data-tab]")) show(false); });
  // What is wrong in the settings is not to be looked for.
  show((remembered("drawer", false) && !NARROW.matches) || panel.querySelector(".errors, .errorlist") !== null);
  return () => (form.classList.contains("drawer-open") ? close() : open());
}

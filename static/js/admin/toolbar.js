// toolbar: one stop for the Tab key; inside it the arrow keys lead from button to button.
export function toolbar(form, act) {
  const bar = form.querySelector("[data-toolbar]");
  const buttons = [...bar.querySelectorAll("button")];

  function settle(at) {
    buttons.forEach((button, number) => { button.tabIndex = number === at ? 0 : -1; });
  }

  function to(at) {
    const next = (at + buttons.length) % buttons.length;
    settle(next);
    buttons[next].focus();
  }

  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const rtl = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
    const steps = { ArrowRight: at + rtl, ArrowLeft: at - rtl, Home: 0, End: buttons.length - 1 };
    if (at < 0 || !(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    to(steps[event.key]);
  });
  bar.addEventListener("focusin", (event) => settle(buttons.indexOf(event.target)));
  // The text keeps its selection while a button is pressed with a pointer.
  bar.addEventListener("pointerdown", (event) => { if (event.target.closest("button")) event.preventDefault(); });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-tool][type=button]");
    if (button) act(button.dataset.tool);
  });
  settle(0);
}

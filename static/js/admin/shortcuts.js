// shortcuts: keys by their place on the keyboard, so that Ctrl+И makes words bold as Ctrl+B does.
const MAC = /mac|iphone|ipad/i.test(navigator.platform);
const SIGNS = { Ctrl: "⌘", Alt: "⌥", Shift: "⇧" };

/** The place of a key; where the layout's letter is Latin, the letter decides (Dvorak, AZERTY). */
function code(event) {
  return /^[a-z]$/i.test(event.key) && !event.altKey ? `Key${event.key.toUpperCase()}` : event.code;
}

function pressed(event) {
  const keys = [];
  if (MAC ? event.metaKey : event.ctrlKey) keys.push("Mod");
  if (event.altKey) keys.push("Alt");
  if (event.shiftKey) keys.push("Shift");
  return [...keys, code(event)].join("+");
}

export function shortcuts(form, act) {
  const tools = new Map();
  form.querySelectorAll("[data-keys]").forEach((button) => tools.set(button.dataset.keys, button.dataset.tool));
  document.addEventListener("keydown", (event) => {
    // AltGr types a character, although it looks like Ctrl+Alt.
    if (event.isComposing || event.getModifierState("AltGraph") || document.querySelector("dialog[open]")) return;
    const name = tools.get(pressed(event));
    if (!name) return;
    event.preventDefault();
    if (!event.repeat) act(name);
  });
  if (MAC) form.querySelectorAll("[data-shown]").forEach((keys) => { keys.textContent = onMac(keys.textContent); });
}

function onMac(keys) {
  return keys.split("+").map((key) => SIGNS[key] || key).join("");
}

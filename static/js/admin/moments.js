// moments: how far away a moment is, while it is chosen; the reader's own time zone, and moments to choose with one press.
const UNITS = [["year", 31557600], ["month", 2629800], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];

/** How many milliseconds a zone's clock is before UTC at a moment. */
function ahead(zone, at) {
  const fixed = /^(?:UTC)?([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (fixed) return (fixed[1] === "-" ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3])) * 60000;
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric",
    day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" }).formatToParts(at);
  const part = (type) => Number(parts.find((one) => one.type === type).value);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) - Math.floor(at / 1000) * 1000;
}

/** The moment that a clock in the zone shows so. */
function moment(written, zone) {
  const shown = Date.parse(`${written}Z`);
  const near = shown - ahead(zone, shown);
  return shown - ahead(zone, near);
}

function away(at, language) {
  const seconds = (at - Date.now()) / 1000;
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? ["minute", 60];
  return new Intl.RelativeTimeFormat(language).format(Math.max(1, Math.round(seconds / size)), unit);
}

for (const field of document.querySelectorAll(".moment")) {
  const input = field.querySelector("input");
  const zones = field.querySelector("select");
  const said = field.querySelector(".away");
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (own && own.includes("/") && ![...zones.options].some((one) => one.value === own)) zones.add(new Option(own, own));

  const tell = () => {
    const at = input.value ? moment(input.value, zones.value) : NaN;
    said.textContent = Number.isNaN(at) ? "" : at <= Date.now() ? field.dataset.past : away(at, document.documentElement.lang || "en");
    said.classList.toggle("past", at <= Date.now());
  };
  for (const button of field.querySelectorAll("[data-moment]")) {
    button.addEventListener("click", () => {
      input.value = button.dataset.moment;
      zones.selectedIndex = 0;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  for (const presets of field.querySelectorAll("[data-scripted]")) presets.hidden = false;
  field.addEventListener("input", tell);
  setInterval(tell, 30000);
  if (input.value) tell();
}

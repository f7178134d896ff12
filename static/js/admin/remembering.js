// remembering: how somebody likes the page, kept in this browser.
const PLACE = "masthead.desk";

function all() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) || {};
  } catch {
    return {}; // A browser that keeps nothing shows the page as it is at first.
  }
}

export function remembered(name, otherwise) {
  const kept = all()[name];
  return kept === undefined ? otherwise : kept;
}

export function remember(name, value) {
  try {
    localStorage.setItem(PLACE, JSON.stringify({ ...all(), [name]: value }));
  } catch {
    // Then it holds until the page is left.
  }
}

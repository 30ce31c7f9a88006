/**
 * What scripts say comes from the page (`components/texts.html`), so that it is translated with
 * everything else: `<div id="texts" hidden><span data-text="saved">Saved</span>…`.
 */

/** The text of that name with `{placeholders}` filled; a count `n` of 1 prefers `name-one`. */
export function text(name, values = {}) {
  const found = (values.n === 1 && find(`${name}-one`)) || find(name)
  const words = found?.textContent.trim() ?? ""
  return words.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole)
}

/** Says something to screen readers through `#announce` without moving focus. */
export function announce(words) {
  const region = document.getElementById("announce")
  if (region) region.textContent = words
}

function find(name) {
  return document.querySelector(`#texts [data-text="${name}"]`)
}

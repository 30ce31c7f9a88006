/**
 * A form with more in a field than it takes is not sent: `<input data-most="300">` keeps all of it, has the focus and says
 * how much there is (lib/limits.js). Notes, comments and joint sentences see to that themselves.
 */
import { fits } from "../lib/limits.js"

export function startTooLong() {
  document.addEventListener("submit", (event) => {
    if ([...event.target.querySelectorAll("[data-most]")].every(fits)) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }, true)
}

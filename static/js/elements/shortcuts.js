/**
 * In the list of shortcuts: `<input type="checkbox" data-single-keys>` switches those of a single
 * character off and on; the list says which they are (`data-single`).
 */
import { areSingleKeysOn, switchSingleKeys } from "../lib/keys.js"

export function startShortcuts() {
  const box = document.querySelector("[data-single-keys]")
  if (!box) return
  box.checked = areSingleKeysOn()
  box.addEventListener("change", () => switchSingleKeys(box.checked))
}

/**
 * Shortcuts of a single character can be switched off, for whoever dictates or hits keys by accident
 * (WCAG 2.1.4). The choice is this browser's own. Space, Enter, Delete, arrows and Ctrl are no characters.
 */
import { local } from "./storage.js"

const KEPT = "keys:single"

export const areSingleKeysOn = () => local.get(KEPT) !== "off"

export function switchSingleKeys(on) {
  if (on) local.remove(KEPT)
  else local.set(KEPT, "off")
}

/** Whether this press of a key would be a shortcut of a single character that is switched off. */
export function isSwitchedOff({ key, ctrlKey, metaKey, altKey }) {
  return key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey && !areSingleKeysOn()
}

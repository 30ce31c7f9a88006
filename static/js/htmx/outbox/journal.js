/**
 * The quick half of what is kept: a change is written to localStorage in the moment it is made, before anything
 * else, and struck out once the slower, larger database has it. So not even a page that goes in the same moment
 * takes it along. Full or forbidden storage notes nothing, and says so.
 */
import { local } from "../../lib/storage.js"

const PREFIX = "outbox:"

/** Returns whether it is kept now. */
export const note = (entry) => local.set(PREFIX + entry.key, entry)

export const strike = (entry) => local.remove(PREFIX + entry.key)

/** Those changes of this browser that no database has confirmed and of which `is` is true, in no order. */
export function noted(is) {
  const entries = local.keys(PREFIX).map((name) => local.get(name))
  return entries.filter((entry) => entry?.key && is(entry))
}

export const notedFor = (person) => noted((entry) => entry.person === person)

/**
 * Where drafts are kept, as changes are: in localStorage in the moment they are made, and struck out there once the
 * slower, larger database has them. A draft may stand in both and is one, by its `key`: that of the change it was.
 */
import { Table } from "../lib/idb.js"
import { local } from "../lib/storage.js"

const PREFIX = "draft:"
const table = new Table("drafts")
const dropped = new Set() // keys: one may be on its way into the database when it is dropped

/** All drafts of this browser, oldest first. */
export async function keptDrafts() {
  const noted = local.keys(PREFIX).map((name) => local.get(name)).filter((draft) => draft?.key)
  const rows = await table.all().catch(() => [])
  const found = new Map([...noted, ...rows].map((draft) => [draft.key, draft]))
  return [...found.values()].sort((one, other) => one.at - other.at)
}

/** The promise holds when the draft outlives the page, wherever that is possible. */
export async function keepDraft(draft) {
  const isNoted = local.set(PREFIX + draft.key, draft)
  const filing = table.add(draft).then(() => filed(draft)).catch(() => null)
  if (!isNoted) await filing
}

export async function dropDraft({ key }) {
  dropped.add(key)
  local.remove(PREFIX + key)
  const rows = await table.all().catch(() => [])
  for (const row of rows) if (row.key === key) await table.remove(row.n).catch(() => null)
}

function filed(draft) {
  if (dropped.has(draft.key)) dropDraft(draft)
  else if (table.isLasting) local.remove(PREFIX + draft.key)
}

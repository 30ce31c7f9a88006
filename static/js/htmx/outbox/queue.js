/**
 * The changes of this person that the server has not acknowledged, oldest first, shared by the tabs
 * of this browser and kept over reloads. Fires `change` whenever the list did, and
 * `answered` with `{entry, outcome, answer}` in every tab (`sentHere` in the one that sent it).
 *
 * An entry: `{n, key, person, tab, path, body, swap, at, tries}`; `key` is its idempotency key.
 */
import { Table } from "../../lib/idb.js"
import { uuid } from "../../lib/ids.js"
import { session } from "../../lib/storage.js"

const KEPT_BY_SERVER = 30 * 24 * 3600 * 1000 // how long it remembers keys; later a change might be made twice

export class Queue extends EventTarget {
  #table = new Table("outbox")
  #channel = "BroadcastChannel" in window ? new BroadcastChannel("outbox") : null
  #waiting = [] // added here, perhaps still on the way to the disk
  #forgotten = new Set() // a row read before it was removed must not come back
  #person
  tab = session.get("tab") ?? uuid()

  constructor(person) {
    super()
    this.#person = person
    session.set("tab", this.tab)
    if (this.#channel) this.#channel.onmessage = ({ data }) => this.#heard(data)
  }

  get pending() {
    return this.#waiting
  }

  /** The oldest one, if it may leave: what is still on its way to the disk may not. */
  get next() {
    const [oldest] = this.#waiting
    return oldest && (oldest.n !== undefined || oldest.isVolatile) ? oldest : null
  }

  /** Shows the entry as pending at once; the promise holds when it is safely kept. */
  async add(path, body, swap) {
    const entry = { key: uuid(), person: this.#person, tab: this.tab, path, body, swap, at: Date.now(), tries: 0 }
    this.#waiting.push(entry)
    this.#changed()
    const kept = await this.#table.add(entry).catch(() => null)
    if (kept) entry.n = kept.n
    else entry.isVolatile = true // a full disk: it lives as long as the page
    this.#tell({ type: "queued" })
    return entry
  }

  /** The list as it stands on disk, with what is still on its way there. */
  async load() {
    const all = await this.#table.all().catch(() => [])
    const rows = all.filter((row) => row.person === this.#person && !this.#forgotten.has(row.key))
    const known = new Map(this.#waiting.map((entry) => [entry.key, entry]))
    const unsaved = this.#waiting.filter((entry) => entry.n === undefined && !rows.some((row) => row.key === entry.key))
    this.#waiting = [...rows.map((row) => Object.assign(known.get(row.key) ?? row, { n: row.n })), ...unsaved]
    this.#changed()
    return this.#waiting
  }

  async forget(entry) {
    this.#forgotten.add(entry.key)
    this.#waiting = this.#waiting.filter((other) => other.key !== entry.key)
    if (entry.n !== undefined) await this.#table.remove(entry.n).catch(() => null)
    this.#changed()
  }

  /** What is too old to be sent by itself. */
  get outdated() {
    return this.#waiting.filter((entry) => Date.now() - entry.at > KEPT_BY_SERVER)
  }

  /** Tells this and the other tabs what the server answered. */
  answered(entry, outcome, answer) {
    const detail = { type: "answered", entry, outcome, answer }
    this.#tell(detail)
    this.dispatchEvent(new CustomEvent("answered", { detail: { ...detail, sentHere: true } }))
  }

  #heard(message) {
    if (message.type !== "answered") return this.load()
    if (message.entry.person !== this.#person) return null
    this.#forgotten.add(message.entry.key)
    this.#waiting = this.#waiting.filter((entry) => entry.key !== message.entry.key)
    this.#changed()
    return this.dispatchEvent(new CustomEvent("answered", { detail: message }))
  }

  #tell(message) {
    this.#channel?.postMessage(message)
  }

  #changed() {
    this.dispatchEvent(new Event("change"))
  }
}

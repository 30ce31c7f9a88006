/**
 * The changes of this person that the server has not acknowledged, oldest first, shared by the tabs
 * of this browser and kept over reloads. Fires `change` whenever the list did, `queued` when another tab added to it, and
 * `answered` with `{entry, outcome, answer}` in every tab (`sentHere` in the one that sent it); `outcome` is
 * `done`, `refused`, or, without an answer, `outdated`.
 *
 * An entry: `{n, key, person, workspace, company, isGuest, tab, path, body, swap, written, at, tries}`; `key` is its idempotency key,
 * `written` names the fields somebody wrote in, `n` is its row in the database. Until it has one it stands in the journal. It may stand in both, and is still one change.
 */
import { Table } from "../../lib/idb.js"
import { uuid } from "../../lib/ids.js"
import { session } from "../../lib/storage.js"
import { note, noted, notedFor, strike } from "./journal.js"

const KEPT_BY_SERVER = 30 * 24 * 3600 * 1000 // how long it remembers keys; later a change might be made twice

/**
 * Whether another person wrote this as a guest here, for the same company: a guest who lost their pass joins by the code
 * as somebody new. What the other company's guests wrote on the same device is not for these eyes.
 */
export const isLeftBehind = (entry, { person, workspace, company }) =>
  entry.isGuest && entry.person !== person && entry.workspace === workspace && entry.company === company

export const isOutdated = (entry) => Date.now() - entry.at > KEPT_BY_SERVER

export class Queue extends EventTarget {
  #table = new Table("outbox")
  #channel = "BroadcastChannel" in window ? new BroadcastChannel("outbox") : null
  #waiting
  #underway = new Set() // keys of what was added here and may stand nowhere else yet
  #forgotten = new Set() // a row read before it was removed must not come back
  #whose
  #person
  #keepWords
  tab = session.get("tab") ?? uuid() // written down between two pages only: a tab that is duplicated is another

  /**
   * `whose` is `{person, workspace, company, isGuest}`. `keepWords(entry, answer)` is waited for before an entry is forgotten
   * that the server has not taken.
   */
  constructor(whose, keepWords) {
    super()
    this.#whose = whose
    this.#person = whose.person
    this.#keepWords = keepWords
    this.#waiting = notedFor(whose.person).sort(byAge)
    session.remove("tab")
    window.addEventListener("pagehide", () => session.set("tab", this.tab))
    window.addEventListener("pageshow", () => session.remove("tab"))
    if (this.#channel) this.#channel.onmessage = ({ data }) => this.#heard(data)
  }

  get pending() {
    return this.#waiting
  }

  /** The oldest one, if it may leave: what is kept nowhere yet may not. */
  get next() {
    const [oldest] = this.#waiting
    return oldest && (oldest.isKept || oldest.isVolatile) ? oldest : null
  }

  /** Keeps the entry and shows it as pending at once; the promise holds when it is kept as safely as can be. */
  async add(path, body, swap, written) {
    const at = Math.max(Date.now(), (this.#waiting.at(-1)?.at ?? 0) + 1) // order, whatever becomes of the clock
    const entry = { key: uuid(), ...this.#whose, tab: this.tab, path, body, swap, written, at, tries: 0 }
    entry.isKept = note(entry)
    this.#underway.add(entry.key)
    this.#waiting.push(entry)
    this.#changed()
    await this.#save(entry)
    this.#tell({ type: "queued" })
    return entry
  }

  /** The list as it stands in this browser, with what is still on its way there. */
  async load() {
    const noted = notedFor(this.#person) // first: what moves to the database meanwhile is found in one or the other
    const rows = (await this.#table.all().catch(() => [])).filter((row) => row.person === this.#person)
    const here = new Map(this.#waiting.map((entry) => [entry.key, entry]))
    const found = new Map()
    for (const entry of this.#waiting) if (this.#underway.has(entry.key)) found.set(entry.key, entry)
    for (const entry of [...noted, ...rows]) {
      if (this.#forgotten.has(entry.key)) continue
      const known = found.get(entry.key) ?? here.get(entry.key) ?? entry
      found.set(entry.key, Object.assign(known, { isKept: true, n: entry.n ?? known.n }))
    }
    this.#waiting = [...found.values()].sort(byAge)
    this.#changed()
    return this.#waiting
  }

  /** What guests before this person wrote and nobody will send. An account's own wait for its owner to sign in. */
  async leftBehind() {
    const isLeft = (entry) => isLeftBehind(entry, this.#whose)
    const rows = await this.#table.all().catch(() => [])
    const found = new Map([...noted(isLeft), ...rows.filter(isLeft)].map((entry) => [entry.key, entry]))
    return this.#person ? [...found.values()].sort(byAge) : []
  }

  async forget(entry) {
    this.#drop(entry)
    strike(entry)
    if (entry.n !== undefined) await this.#table.remove(entry.n).catch(() => null)
    this.#changed()
  }

  /** Gives up what is too old to be sent by itself; the server no longer knows whether it was made. */
  async giveUpOutdated() {
    for (const entry of this.#waiting.filter(isOutdated)) await this.close(entry, "outdated", null)
  }

  /**
   * Ends an entry, and tells this and the other tabs what became of it. Words that were not taken are kept elsewhere
   * first: should the page end between the two, they stand in both places, and the entry's key says that they are one.
   */
  async close(entry, outcome, answer) {
    if (outcome !== "done") await this.#keepWords(entry, answer)
    await this.forget(entry)
    const detail = { type: "answered", entry, outcome, answer }
    this.#tell(detail)
    this.dispatchEvent(new CustomEvent("answered", { detail: { ...detail, sentHere: true } }))
  }

  async #save(entry) {
    const row = await this.#table.add(entry).catch(() => null)
    if (row || entry.isKept) this.#underway.delete(entry.key)
    else entry.isVolatile = true // no room anywhere: it lives as long as the page
    if (!row) return
    Object.assign(entry, { n: row.n, isKept: true })
    if (this.#table.isLasting) strike(entry)
    if (this.#forgotten.has(entry.key)) await this.#table.remove(row.n).catch(() => null) // sent meanwhile
  }

  #drop({ key }) {
    this.#forgotten.add(key)
    this.#waiting = this.#waiting.filter((entry) => entry.key !== key)
  }

  #heard(message) {
    if (message.type !== "answered") return this.load().then(() => this.dispatchEvent(new Event("queued")))
    if (message.entry.person !== this.#person) return null
    this.#drop(message.entry)
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

const byAge = (one, other) => one.at - other.at || (one.key < other.key ? -1 : 1)

const PATIENCE = 3_000

/**
 * A small table in IndexedDB with rows in the order they were added, kept over reloads and shared
 * by the tabs of this browser. Where IndexedDB is missing or refuses (some private windows), rows
 * live as long as the page: the person still sees what waits.
 */
export class Table {
  #name
  #database = null
  #memory = new Map()
  #next = 1

  constructor(name) {
    this.#name = name
    this.ready = this.#open()
  }

  /** Whether rows outlive the page; known once `ready`. */
  get isLasting() {
    return this.#database !== null
  }

  /** Adds a row and gives it back with its number `n`, after it is safely on disk. */
  async add(row) {
    await this.ready
    if (!this.#database) {
      const kept = { ...row, n: this.#next++ }
      this.#memory.set(kept.n, kept)
      return kept
    }
    const n = await this.#run("readwrite", (rows) => rows.add(row))
    return { ...row, n }
  }

  async put(row) {
    await this.ready
    if (this.#database) await this.#run("readwrite", (rows) => rows.put(row))
    else this.#memory.set(row.n, row)
  }

  async remove(n) {
    await this.ready
    if (this.#database) await this.#run("readwrite", (rows) => rows.delete(n))
    else this.#memory.delete(n)
  }

  async all() {
    await this.ready
    if (this.#database) return this.#run("readonly", (rows) => rows.getAll())
    return [...this.#memory.values()]
  }

  #open() {
    return new Promise((resolve) => {
      let isGivenUp = false
      setTimeout(() => { isGivenUp = true; resolve() }, PATIENCE) // a database that never answers must not hold up the page
      let request
      try {
        request = indexedDB.open(this.#name, 1)
      } catch {
        resolve()
        return
      }
      request.onupgradeneeded = () => request.result.createObjectStore("rows", { keyPath: "n", autoIncrement: true })
      request.onerror = () => resolve()
      request.onblocked = () => resolve()
      request.onsuccess = () => {
        if (isGivenUp) return request.result.close() // numbers given meanwhile are those of other rows there
        this.#database = request.result
        this.#database.onversionchange = () => this.#database.close()
        return resolve()
      }
    })
  }

  #run(mode, use) {
    return new Promise((resolve, reject) => {
      // "strict": a change counts as kept only when the disk has it, not the disk's cache.
      const transaction = this.#database.transaction("rows", mode, { durability: "strict" })
      const request = use(transaction.objectStore("rows"))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onerror = () => reject(transaction.error)
      transaction.onabort = () => reject(transaction.error)
    })
  }
}

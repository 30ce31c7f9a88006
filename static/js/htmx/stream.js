/**
 * One event stream over `fetch`: it carries `Last-Event-ID` itself, notices silence, and comes back
 * by itself until it is closed. `EventSource` does neither after a refused first connection.
 */
import { EventStreamReader } from "../lib/sse.js"
import { backoff } from "../lib/timing.js"

const SILENCE = 40_000 // the server says something every 15 s
const FIRST_ANSWER = 5_000
const SLOWEST_ANSWER = 20_000

export class Stream {
  #url
  #handlers
  #cursor
  #abort = null
  #watchdog = null
  #retry = null
  #attempt = 0

  /** `handlers`: `message({event, data, id})`, `state("open" | "lost" | "refused")`. */
  constructor(url, cursor, handlers) {
    this.#url = url
    this.#cursor = cursor
    this.#handlers = handlers
  }

  get cursor() {
    return this.#cursor
  }

  get isOpen() {
    return this.#abort !== null
  }

  /** Whether it is open or will come back by itself. */
  get isWanted() {
    return this.#abort !== null || this.#retry !== null
  }

  /** Where the page stands now, after it was fetched afresh. */
  moveTo(cursor) {
    this.#cursor = cursor
  }

  open() {
    if (this.#abort) return
    this.#noRetry()
    this.#connect()
  }

  close() {
    this.#noRetry()
    clearTimeout(this.#watchdog)
    this.#abort?.abort()
    this.#abort = null
  }

  /** Tries at once, for instance because the network is said to be back. */
  hurry() {
    this.close()
    this.#attempt = 0
    this.open()
  }

  async #connect() {
    const abort = (this.#abort = new AbortController())
    this.#watch(Math.min(FIRST_ANSWER * 2 ** this.#attempt, SLOWEST_ANSWER))
    try {
      const url = new URL(this.#url, location.href)
      url.searchParams.set("after", this.#cursor)
      const response = await fetch(url, {
        headers: { Accept: "text/event-stream", "Last-Event-ID": this.#cursor },
        cache: "no-store",
        signal: abort.signal,
      })
      if (response.ok && response.body) await this.#read(response.body, abort)
      else this.#refused(response.status, abort)
    } catch (error) {
      if (abort.signal.aborted && this.#abort !== abort) return // closed on purpose
      if (!(error instanceof TypeError || error.name === "AbortError")) reportError(error)
    }
    if (this.#abort === abort) this.#lost()
  }

  async #read(body, abort) {
    const reader = body.getReader()
    const decoder = new TextDecoder()
    const messages = new EventStreamReader()
    this.#handlers.state("open")
    for (;;) {
      this.#watch(SILENCE)
      const { value, done } = await reader.read()
      if (done || this.#abort !== abort) return
      this.#attempt = 0 // only bytes prove that the way is open
      for (const message of messages.push(decoder.decode(value, { stream: true }))) {
        this.#handlers.message(message)
        if (this.#abort !== abort) return
        if (message.id) this.#cursor = message.id
      }
    }
  }

  #refused(status, abort) {
    if (![401, 403, 404, 410].includes(status) || this.#abort !== abort) return
    this.close()
    this.#handlers.state("refused")
  }

  #lost() {
    clearTimeout(this.#watchdog)
    this.#abort = null
    this.#handlers.state("lost")
    this.#retry = setTimeout(() => this.open(), backoff(this.#attempt))
    this.#attempt += 1
  }

  #noRetry() {
    clearTimeout(this.#retry)
    this.#retry = null
  }

  #watch(limit) {
    clearTimeout(this.#watchdog)
    const abort = this.#abort
    this.#watchdog = setTimeout(() => abort?.abort(), limit)
  }
}

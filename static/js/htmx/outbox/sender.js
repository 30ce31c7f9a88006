/**
 * Sends what waits, oldest first, from one tab at a time, until nothing waits or something stands
 * in the way; then tries again by itself, slower each time. `state` is one of
 * `idle sending offline signin`.
 */
import { backoff } from "../../lib/timing.js"
import { alone } from "./alone.js"
import { deliver, isFailure } from "./deliver.js"

export class Sender {
  #queue
  #changed
  #running = false
  #again = false
  #hurried = false
  #timer = null
  #attempt = 0
  state = "idle"
  caughtUp = true // false from the first failure until nothing waits

  constructor(queue, changed) {
    this.#queue = queue
    this.#changed = changed
  }

  /** Starts sending unless it is under way. `now` also forgets how long it meant to wait. */
  wake(now = false) {
    if (now) this.#attempt = 0
    if (this.#running) {
      this.#again = true
      this.#hurried ||= now // somebody came back while an answer from before was on its way
      return
    }
    if (this.#timer && !now) return
    clearTimeout(this.#timer)
    this.#timer = null
    this.#run()
  }

  async #run() {
    this.#running = true
    this.#again = this.#hurried = false
    try {
      await alone("outbox", () => this.#drain())
    } finally {
      this.#running = false
    }
    if (this.#hurried || (this.#again && !this.#timer)) this.wake(this.#hurried)
  }

  async #drain() {
    await this.#queue.load()
    for (;;) {
      await this.#queue.giveUpOutdated() // each time anew: the laptop may have been closed between two
      const entry = this.#queue.next
      if (!entry) break
      if (this.#attempt === 0) this.#is("sending") // while trying again it stays "offline" until something gets through
      const { outcome, answer } = await deliver(entry)
      if (outcome === "later" || outcome === "signin") {
        entry.tries = (entry.tries ?? 0) + (isFailure(answer) ? 1 : 0)
        this.#wait(outcome === "signin" ? "signin" : "offline")
        return
      }
      this.#attempt = 0
      await this.#queue.close(entry, outcome, answer)
    }
    this.caughtUp = true
    this.#is("idle")
  }

  #wait(state) {
    this.caughtUp = false
    this.#is(state)
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.wake()
    }, backoff(this.#attempt, { base: 1000, cap: 30_000 }))
    this.#attempt += 1
  }

  #is(state) {
    this.state = state
    this.#changed()
  }
}

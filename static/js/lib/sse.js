/**
 * Reads the text of an event stream piece by piece. `push(text)` gives the messages that became
 * complete, each `{ event, data, id }`; `id` is undefined where the message carries none.
 */
export class EventStreamReader {
  #rest = ""
  #event = ""
  #id = undefined
  #data = []

  push(text) {
    const messages = []
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/)
    this.#rest = lines.pop()
    for (const line of lines) {
      if (line === "") {
        const message = this.#finish()
        if (message) messages.push(message)
      } else {
        this.#field(line)
      }
    }
    return messages
  }

  #field(line) {
    const colon = line.indexOf(":")
    if (colon === 0) return // a comment keeps the line alive and says nothing
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "")
    if (name === "data") this.#data.push(value)
    else if (name === "event") this.#event = value
    else if (name === "id") this.#id = value
  }

  #finish() {
    const message = { event: this.#event || "message", data: this.#data.join("\n"), id: this.#id }
    const empty = !this.#event && !this.#data.length && this.#id === undefined
    this.#event = ""
    this.#data = []
    this.#id = undefined
    return empty ? null : message
  }
}

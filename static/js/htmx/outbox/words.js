/** What somebody wrote in their changes, in their words: it must not be lost with a change, and may be taken out any time. */
import { noteElement } from "../../lib/dom.js"
import { notesOf, writesText } from "./optimism.js"

const ALWAYS = ["text", "lines"]
const TAKES_WORDS = new Set(["textarea", "text", "search", "email", "url", "tel"])

/** The names of the fields in which somebody writes, in the form of an element. */
export function wordFieldsOf(element) {
  const fields = [...(element.closest("form")?.elements ?? [element])]
  return fields.filter(({ type, name }) => name && TAKES_WORDS.has(type)).map(({ name }) => name)
}

/** What was written in each field, save what stood there before: `base-why` is what `why` was typed on. */
export function writingsOf(entry) {
  const fields = new URLSearchParams(entry.body)
  const names = [...new Set([...ALWAYS, ...(entry.written ?? [])])]
  return names.flatMap((name) => fields.getAll(name).filter((words) => words.trim() && words !== fields.get(`base-${name}`)))
}

export const wordsOf = (entry) => writingsOf(entry).join("\n")

/** What the words of an entry are for: a later entry for the same, once it is taken, settles what became of them. */
export function purposeOf(entry) {
  if (writesText(entry)) return notesOf(entry)[0]
  const fields = new URLSearchParams(entry.body)
  const whose = ["id", "need", "offer", "organisation"].map((name) => fields.get(name))
  return JSON.stringify([entry.path, ...whose, ...(entry.written ?? [])])
}

/**
 * All words in some changes as text, under the titles of their blocks, as `## Channels` and `- Boutiques`: pasted on a
 * sheet, it makes the notes again. Of a note written twice the last wording counts.
 */
export function asText(entries) {
  const latest = new Map()
  for (const entry of entries.filter(wordsOf)) {
    const [note] = notesOf(entry)
    latest.set(writesText(entry) ? note : entry.key, { title: titleFor(note), words: wordsOf(entry).trim() })
  }
  const written = [...latest.values()].filter(({ words }) => words)
  return [...new Set(written.map(({ title }) => title))]
    .map((title) => [...(title ? [`## ${title}`] : []), ...written.filter((each) => each.title === title).map(({ words }) => `- ${words}`)])
    .map((lines) => lines.join("\n"))
    .join("\n\n")
}

function titleFor(note) {
  const [canvas = "", key = ""] = noteElement(note)?.dataset.notes?.split(":") ?? []
  const block = document.querySelector(`.block[data-canvas="${CSS.escape(canvas)}"][data-block="${CSS.escape(key)}"]`)
  return document.getElementById(block?.getAttribute("aria-labelledby"))?.textContent.trim() ?? ""
}

/** What somebody wrote in their changes, in their words: it must not be lost with a change, and may be taken out any time. */
import { noteElement } from "../../lib/dom.js"
import { notesOf, writesText } from "./optimism.js"

export function wordsOf(entry) {
  const fields = new URLSearchParams(entry.body)
  return fields.get("text") ?? fields.get("lines") ?? ""
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

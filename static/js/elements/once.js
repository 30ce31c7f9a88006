/**
 * A form that leads to another page is sent once: the second half of a double click, or a second Enter while the page is
 * on its way, would make a second workshop. What htmx sends is no concern of this: it stays on its page.
 */
const PATIENCE = 10_000 // whoever stopped the loading may send it again
const sent = new WeakMap() // form → when

export function startOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return
    if (event.timeStamp - sent.get(form) < PATIENCE) event.preventDefault()
    else sent.set(form, event.timeStamp)
  })
  window.addEventListener("pageshow", ({ persisted }) => persisted && document.querySelectorAll("form").forEach((form) => sent.delete(form)))
}

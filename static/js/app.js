/** The one script of every page: starts each part; a part whose elements are missing does nothing. */
import { startLive } from "./htmx/live.js"
import { startOutbox } from "./htmx/outbox.js"
import { startEditing } from "./elements/editing.js"
import { startSaved } from "./elements/saved.js"

startSaved()
await startOutbox()
startEditing()
startLive()
document.documentElement.dataset.ready = "" // for whoever waits until the page answers to touch

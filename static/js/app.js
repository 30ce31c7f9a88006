/** The one script of every page: starts each part; a part whose elements are missing does nothing. */
import { startLive } from "./htmx/live.js"
import { startOutbox } from "./htmx/outbox.js"
import { startAgain } from "./elements/again.js"
import { startBoard } from "./elements/board.js"
import { startCarry } from "./elements/carry.js"
import { startChips } from "./elements/chips.js"
import { startComments } from "./elements/comments.js"
import { startCompare } from "./elements/compare.js"
import { startDensity } from "./elements/density.js"
import { startDrafts } from "./elements/drafts.js"
import { startDrag } from "./elements/drag.js"
import { startEditing } from "./elements/editing.js"
import { startGather } from "./elements/gather.js"
import { startGrid } from "./elements/grid.js"
import { startIdeaMap } from "./elements/idea-map.js"
import { startIdeaMarks } from "./elements/idea-marks.js"
import { startMenus } from "./elements/menus.js"
import { startMerging } from "./elements/merging.js"
import { startMoments } from "./elements/moments.js"
import { startOffline } from "./elements/offline.js"
import { startOnce } from "./elements/once.js"
import { startOverruled } from "./elements/overruled.js"
import { startPaste } from "./elements/paste.js"
import { startPresence } from "./elements/presence.js"
import { startPrinting } from "./elements/printing.js"
import { startRefocus } from "./elements/refocus.js"
import { startRights } from "./elements/rights.js"
import { startRoom } from "./elements/room.js"
import { startSaved } from "./elements/saved.js"
import { startSelect } from "./elements/select.js"
import { startSentences } from "./elements/sentences.js"
import { startShortcuts } from "./elements/shortcuts.js"
import { startSteady } from "./elements/steady.js"
import { startTimer } from "./elements/timer.js"
import { startTimes } from "./elements/times.js"
import { startToasts } from "./elements/toasts.js"
import { startTooLong } from "./elements/too-long.js"
import { startUnanswered } from "./elements/unanswered.js"
import { startWaiting } from "./elements/waiting.js"
import { startWall } from "./elements/wall.js"

const touches = [
  startTooLong, // before whatever sends
  startAgain,
  startSaved,
  startWaiting,
  startDrafts,
  startToasts,
  startTimes,
  startMenus,
  startMerging,
  startCarry, // before the board: while a note is carried, arrows are its
  startBoard,
  startSelect,
  startDrag,
  startPaste,
  startChips,
  startDensity,
  startPrinting,
  startGrid,
  startIdeaMap,
  startIdeaMarks,
  startRefocus,
  startRights,
  startRoom,
  startWall,
  startSentences,
  startShortcuts,
  startSteady,
  startTimer,
  startOnce,
  startMoments,
  startGather,
  startCompare,
  startComments,
  startOverruled,
  startUnanswered,
]
touches.forEach((start) => start())
await startOutbox() // what still waits is drawn before anything is typed or heard
startEditing()
startLive()
startPresence()
startOffline()
document.documentElement.dataset.ready = "" // for whoever waits until the page answers to touch

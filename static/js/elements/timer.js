/**
 * The timer: `<p role="timer" data-timer="540" data-running …><b class="timer-left">9:00</b></p>` counts down from the
 * seconds that the server said were left, by this computer's own clock from then on, so that clocks need not agree.
 */
import { announce } from "../lib/texts.js"

const told = { 300: "five", 60: "one", 0: "over" }
const ends = new WeakMap() // timer → when it ends, by this page's own clock in ms

export function startTimer() {
  setInterval(tick, 250)
  document.body.addEventListener("htmx:afterSettle", tick)
  tick()
}

function tick() {
  for (const timer of document.querySelectorAll("[data-timer][data-running]")) {
    if (!ends.has(timer)) ends.set(timer, performance.now() + Number(timer.dataset.timer) * 1000)
    show(timer, Math.max(0, Math.ceil((ends.get(timer) - performance.now()) / 1000)))
  }
}

function show(timer, seconds) {
  const words = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
  const left = timer.querySelector(".timer-left")
  if (left.textContent === words) return
  left.textContent = words
  timer.classList.toggle("is-over", seconds === 0)
  if (seconds in told && seconds < Number(timer.dataset.timer)) announce(timer.dataset[told[seconds]])
}

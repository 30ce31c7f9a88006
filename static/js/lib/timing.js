/** Calls `fn` at once, then at most every `wait` ms while calls keep coming; the last call is never dropped. */
export function throttle(fn, wait) {
  let timer = null
  let again = null
  const run = (args) => {
    fn(...args)
    timer = setTimeout(() => {
      timer = null
      if (again) {
        const args = again
        again = null
        run(args)
      }
    }, wait)
  }
  return (...args) => {
    if (timer) again = args
    else run(args)
  }
}

/** Calls `fn` once, `wait` ms after the last call. `.cancel()` forgets a waiting call. */
export function debounce(fn, wait) {
  let timer = null
  const later = (...args) => {
    clearTimeout(timer)
    timer = setTimeout(() => fn(...args), wait)
  }
  later.cancel = () => clearTimeout(timer)
  return later
}

/** Calls `fn` once in the next frame, however often it was asked for. */
export function oncePerFrame(fn) {
  let asked = false
  return () => {
    if (asked) return
    asked = true
    requestAnimationFrame(() => {
      asked = false
      fn()
    })
  }
}

/**
 * Milliseconds to wait before try number `attempt` (from 0): doubling, capped, and spread over
 * half its length so that a room of browsers does not come back in one breath.
 */
export function backoff(attempt, { base = 500, cap = 15000, random = Math.random } = {}) {
  const full = Math.min(cap, base * 2 ** Math.min(attempt, 16))
  return full / 2 + (full / 2) * random()
}

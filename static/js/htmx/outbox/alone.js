/**
 * Runs `work` in one tab of this browser at a time, so that changes leave in the order they were
 * made. Web Locks exist in secure contexts only; elsewhere a short lease in localStorage does. Two
 * tabs might share a lease for a moment: idempotency keys make that harmless.
 */
import { uuid } from "../../lib/ids.js"
import { local } from "../../lib/storage.js"

const LEASE = 5_000
const me = uuid()

export async function alone(name, work) {
  if (navigator.locks) return navigator.locks.request(name, work)
  await lease(name)
  const renewing = setInterval(() => local.set(name, { tab: me, until: Date.now() + LEASE }), LEASE / 3)
  const release = () => local.remove(name)
  window.addEventListener("pagehide", release)
  try {
    return await work()
  } finally {
    clearInterval(renewing)
    window.removeEventListener("pagehide", release)
    release()
  }
}

async function lease(name) {
  for (;;) {
    const held = local.get(name)
    if (!held || held.tab === me || held.until < Date.now()) {
      local.set(name, { tab: me, until: Date.now() + LEASE })
      await pause(20 + Math.random() * 30) // another tab may have written in the same moment; the last one keeps it
      const now = local.get(name)
      if (!now || now.tab === me) return // no storage at all: nothing to share either
    } else {
      await pause(100 + Math.random() * 100)
    }
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

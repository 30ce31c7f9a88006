/**
 * Sends one change and says what became of it:
 * `done` and `refused` are final, `later` and `signin` leave it waiting.
 */
import { cookie } from "../../lib/cookies.js"
import { pageNow } from "../page-now.js"

const PATIENCE = 30_000
const KEEPALIVE_LIMIT = 60_000 // browsers refuse more than 64 KB for requests that outlive the page
const FAILING_TRIES = 6 // a change on which the server fails this often must not block the others

const PASSING = new Set([408, 425, 429, 502, 503, 504])

let signedIn = cookie("csrftoken") // another one: somebody has signed in since

/** Gives `{outcome, answer}`; `answer` is `{status, text, headers}`, or null without a connection. */
export async function deliver(entry) {
  if (cookie("csrftoken") !== signedIn) {
    const now = await personNow()
    if (now !== entry.person) return { outcome: now === null ? "later" : "signin", answer: null }
    signedIn = cookie("csrftoken")
  }
  let answer = await post(entry)
  if (answer?.status !== 403 && answer?.status !== 404) return { outcome: outcomeOf(answer, entry), answer }
  // To nobody everything is forbidden or missing: before that is taken as the last word, see who this browser is now.
  const person = await personNow()
  if (person !== entry.person) return { outcome: person === null ? "later" : "signin", answer }
  answer = await post(entry) // the first may have been asked before they signed in again
  return { outcome: outcomeOf(answer, entry), answer }
}

/** Whether the server failed on the change itself: one that is being started anew, say, fails on whatever comes. */
export const isFailure = (answer) => answer !== null && answer.status >= 500 && !PASSING.has(answer.status)

export function outcomeOf(answer, entry) {
  if (!answer || PASSING.has(answer.status)) return "later"
  if (answer.status === 401 || answer.toSignIn) return "signin"
  if (isFailure(answer)) return (entry.tries ?? 0) + 1 < FAILING_TRIES ? "later" : "refused"
  return answer.status < 400 ? "done" : "refused"
}

async function post(entry) {
  try {
    const response = await fetch(entry.path, {
      method: "POST",
      body: entry.body,
      headers: {
        "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
        "Idempotency-Key": entry.key,
        "X-CSRFToken": cookie("csrftoken"), // read when sending: a sign-in since then has changed it
        "HX-Request": "true",
        "HX-Current-URL": location.href,
      },
      keepalive: entry.body.length < KEEPALIVE_LIMIT,
      signal: AbortSignal.timeout(PATIENCE),
    })
    const { signin } = document.body.dataset
    const toSignIn = Boolean(signin) && response.redirected && new URL(response.url).pathname.startsWith(signin)
    return { status: response.status, text: await response.text(), headers: headersOf(response), toSignIn }
  } catch {
    return null
  }
}

function headersOf(response) {
  const headers = {}
  for (const [name, value] of response.headers) if (/^(hx-|x-reason)/i.test(name)) headers[name.toLowerCase()] = value
  if (response.redirected) headers["hx-redirect"] ??= response.url
  return headers
}

/**
 * The person the server takes this browser for: "" for nobody, null when it cannot be asked. Renews the CSRF cookie. A page
 * that they may not see any more does not say it: then the people of their workshop are asked for, among whom they still are.
 */
export async function personNow() {
  const here = await personOn(location.href)
  const { workspace } = document.body.dataset
  return here === "" && workspace ? personOn(`/w/${workspace}/members/`) : here
}

async function personOn(address) {
  const answer = await pageNow(address)
  return !answer || answer.status >= 500 ? null : answer.body.dataset.person ?? ""
}

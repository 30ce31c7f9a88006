/** Asks for a page as the server has it now; a question that nobody answers is given up. */
const PATIENCE = 30_000

/** Gives `{status, body}` of this page, or of another; null when no answer came. Renews the CSRF cookie. */
export async function pageNow(address = location.href) {
  try {
    const asked = { cache: "no-store", headers: { Accept: "text/html" }, signal: AbortSignal.timeout(PATIENCE) }
    const response = await fetch(address, asked)
    const { body } = new DOMParser().parseFromString(await response.text(), "text/html")
    return { status: response.status, body }
  } catch {
    return null
  }
}

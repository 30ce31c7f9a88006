/**
 * `localStorage` and `sessionStorage` that never throw: blocked or full storage reads as empty,
 * and the page goes on without it.
 */
export const local = safely(() => window.localStorage)
export const session = safely(() => window.sessionStorage)

function safely(storage) {
  const attempt = (use) => {
    try {
      return use(storage())
    } catch {
      return null
    }
  }
  return {
    get: (key) => attempt((store) => JSON.parse(store.getItem(key))),
    /** Whether it is stored now. */
    set: (key, value) => attempt((store) => store.setItem(key, JSON.stringify(value)) === undefined) ?? false,
    remove: (key) => attempt((store) => store.removeItem(key)),
    keys: (prefix) => attempt((store) => Object.keys(store).filter((key) => key.startsWith(prefix))) ?? [],
  }
}

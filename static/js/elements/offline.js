/** Keeps the page for no connection in the browser. Plain http on a network has no workers: there the browser's own page stands. */
export function startOffline() {
  navigator.serviceWorker?.register("/sw.js").catch(() => {}) // without it everything else works
}

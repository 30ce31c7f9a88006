{# The browser's own helper for a page that cannot be reached: it keeps one page, its style and its script, and nothing else. #}
const PAGE = "{{ page }}"
const STYLE = "{{ style }}"
const SCRIPT = "{{ script }}"
const KEPT = `offline ${STYLE} ${SCRIPT}`

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll([PAGE, STYLE, SCRIPT])))
})

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name !== KEPT).map((name) => caches.delete(name))
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names))))
})

self.addEventListener("fetch", (event) => {
  const { request } = event
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(PAGE)))
  else if (["style", "script"].includes(request.destination)) event.respondWith(fetch(request).catch(() => caches.match(request)))
})

/** Shows an answer the way htmx would: its headers first, then its HTML by the swap style of the request. */
const { htmx } = window

/** What carries something to show: success, a form, two versions, or a message with its place. */
const isShown = ({ status, headers }) =>
  (status >= 200 && status < 300 && status !== 204) || status === 409 || status === 422 || Boolean(headers["hx-retarget"])

/** `origin`: `{element, target, swap}` of the request, where this page still has them. */
export function apply(answer, origin = {}) {
  const { headers } = answer
  if (headers["hx-redirect"]) return location.assign(headers["hx-redirect"])
  if (headers["hx-refresh"] === "true") return location.reload()
  const context = origin.element?.isConnected ? origin.element : document.body
  trigger(context, headers["hx-trigger"])
  if (isShown(answer)) swap(answer, origin, context)
  trigger(context.isConnected ? context : document.body, headers["hx-trigger-after-swap"])
}

function swap(answer, origin, context) {
  const spec = { swapDelay: 0, settleDelay: 0, ...(origin.swap ?? {}) }
  spec.swapStyle = answer.headers["hx-reswap"] ?? origin.swap?.swapStyle ?? "upsert"
  const retarget = answer.headers["hx-retarget"]
  const target = retarget ? document.querySelector(retarget) : origin.target
  if (spec.swapStyle !== "upsert" && !target?.isConnected) return
  const place = target?.isConnected ? target : document.body
  htmx.swap(place, answer.text, spec, { contextElement: context, eventInfo: { target: place } })
}

function trigger(element, header) {
  if (!header) return
  if (!header.startsWith("{")) {
    header.split(",").forEach((name) => htmx.trigger(element, name.trim(), {}))
    return
  }
  for (const [name, detail] of Object.entries(JSON.parse(header))) {
    htmx.trigger(element, name, typeof detail === "object" ? detail : { value: detail })
  }
}

/** In a page: where its board is not what it would be when loaded afresh, as sentences. */
async () => {
  const OURS = ["is-selected", "is-lifted", "is-carried", "is-typed", "is-over"] // hung on by scripts
  const THEIRS = ["tabindex", "aria-selected", "data-current", "style", "hidden", "data-overflow", "data-drawn"]
  const isShown = (name) => name && !OURS.includes(name) && !/^(htmx|person)-/.test(name)
  const attributes = ({ attributes: all, classList }) => [
    ...[...all].filter(({ name }) => name !== "class" && !THEIRS.includes(name)).map(({ name, value }) => `${name}=${value}`),
    ...[...classList].filter(isShown).map((name) => `.${name}`),
  ].sort().join(" ")
  const look = (node) =>
    node.nodeType === Node.TEXT_NODE ? node.data.replace(/\s+/g, " ").trim()
    : node.localName === "time" ? node.dateTime
    : node.dataset?.toldOf ? "" // "merged with …" is said to who typed, and to nobody else
    : `<${node.localName} ${attributes(node)}>${[...node.childNodes].map(look).join("")}`
  const board = (page) =>
    new Map([...page.querySelectorAll("[data-list]")].map((list) => [
      list.dataset.list,
      new Map([...list.children].filter((child) => child.dataset.drawn).map((child) => [child.id, look(child)])),
    ]))
  const apart = (one, other) => {
    const at = [...one].findIndex((letter, place) => letter !== other[place])
    return `…${one.slice(Math.max(0, at - 20), at + 60)}… instead of …${other.slice(Math.max(0, at - 20), at + 60)}…`
  }
  const answer = await fetch(location.href, { cache: "no-store", headers: { Accept: "text/html" } })
  const fresh = board(new DOMParser().parseFromString(await answer.text(), "text/html"))
  const mine = board(document)
  const found = []
  for (const [list, notes] of fresh) {
    const own = mine.get(list) ?? new Map()
    if ([...own.keys()].join() !== [...notes.keys()].join()) {
      found.push(`${list} holds ${[...own.keys()].join()} instead of ${[...notes.keys()].join()}`)
    } else {
      for (const [id, html] of notes) if (own.get(id) !== html) found.push(`${id} looks different: ${apart(own.get(id), html)}`)
    }
  }
  return found
}

/**
 * Times go out in UTC, the same for everybody: `<time datetime="…Z" data-shows="moment">`. Here they
 * become the reader's own: a time for today, a day and a time for the rest; the whole stays in the title.
 */
const SHAPES = {
  today: { timeStyle: "short" },
  moment: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  date: { dateStyle: "medium" },
  whole: { dateStyle: "full", timeStyle: "long" },
}

export function startTimes() {
  show(document)
  document.body.addEventListener("htmx:afterSettle", ({ target }) => show(target))
  document.body.addEventListener("upsert:done", ({ detail }) => detail.changed?.forEach(show))
}

function show(part) {
  for (const element of part.querySelectorAll("time[data-shows]:not([data-shown])")) {
    const moment = new Date(element.dateTime)
    const shows = element.dataset.shows
    if (shows === "day" || Number.isNaN(moment.getTime())) continue
    element.title = words(moment, "whole")
    element.textContent = words(moment, shows === "moment" && isToday(moment) ? "today" : shows)
    element.dataset.shown = ""
  }
}

function words(moment, shape) {
  return new Intl.DateTimeFormat(document.documentElement.lang || undefined, SHAPES[shape]).format(moment)
}

function isToday(moment) {
  return moment.toDateString() === new Date().toDateString()
}

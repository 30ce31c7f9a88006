/**
 * Order inside a list: by `(data-rank, id)`, compared by code unit as the server's ranks, text of digits, are made for.
 * A rank made here, for a note the server has not placed yet, extends its neighbour's rank by what sorts before every
 * digit, so it lies between that neighbour and whatever follows.
 */
export const FIRST = "-"

const JUST_AFTER = "-"

export function byRank(one, other) {
  return compare(one.dataset.rank ?? "", other.dataset.rank ?? "") || compare(one.id, other.id)
}

export function rankAfter(element) {
  return element ? (element.dataset.rank ?? "") + JUST_AFTER : FIRST
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0
}

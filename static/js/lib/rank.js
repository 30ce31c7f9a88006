/**
 * Order inside a list: by `(data-rank, id)`, compared by code unit as the server's zero-padded
 * ranks are made for. A rank made here, for a note the server has not placed yet, extends its
 * neighbour's rank, so it lies between that neighbour and whatever follows.
 */
export const FIRST = "-" // sorts before every digit

const JUST_AFTER = "~" // sorts after every digit

export function byRank(one, other) {
  return compare(one.dataset.rank ?? "", other.dataset.rank ?? "") || compare(one.id, other.id)
}

export function rankAfter(element) {
  return element ? (element.dataset.rank ?? "") + JUST_AFTER : FIRST
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0
}

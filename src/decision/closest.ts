/** A hostile name must not cost 10,000 distances, and nobody reads on after a hundred suggestions. */
const MOST = 128

/** The likeliest meant first, so that a bounded search meets it first; of a long list, those alone. */
export function closestFirst(meant: string, among: readonly string[]): readonly string[] {
  return ranked(meant, among.length <= MOST ? among : likely(meant, among))
}

/** Those that share most characters with it at their beginnings and ends, which is cheap to tell. */
function likely(meant: string, among: readonly string[]): readonly string[] {
  const alike = among.map((value) => edges(meant, value))
  const counts = new Array<number>(LONGEST + 1).fill(0)
  for (const it of alike) counts[it] = (counts[it] ?? 0) + 1
  let enough = LONGEST
  let better = 0
  while (enough > 0 && better + (counts[enough] ?? 0) < MOST) better += counts[enough--] ?? 0
  let spare = MOST - better
  return among.filter((_, at) => {
    const score = alike[at] ?? 0
    return score > enough || (score === enough && spare-- > 0)
  })
}

const ranked = (meant: string, among: readonly string[]): readonly string[] =>
  among
    .map((value) => ({ value, distance: editDistance(meant, value) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ value }) => value)

const LONGEST = 64

/** How many characters two strings share at their beginnings and their ends. */
function edges(a: string, b: string): number {
  const most = Math.min(a.length, b.length, LONGEST)
  let start = 0
  while (start < most && a.charCodeAt(start) === b.charCodeAt(start)) start++
  let end = 0
  while (end < most - start && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end++
  return start + end
}

/** Kept between calls, which never overlap. */
const row = new Uint8Array(LONGEST + 1)

/** Levenshtein distance; strings are cut at 64 characters so that hostile ones stay cheap. */
export function editDistance(a: string, b: string): number {
  const height = Math.min(a.length, LONGEST)
  const width = Math.min(b.length, LONGEST)
  for (let j = 0; j <= width; j++) row[j] = j
  for (let i = 1; i <= height; i++) {
    const code = a.charCodeAt(i - 1)
    let diagonal = i - 1
    let left = i
    row[0] = i
    for (let j = 1; j <= width; j++) {
      const above = row[j] ?? 0
      const replaced = code === b.charCodeAt(j - 1) ? diagonal : diagonal + 1
      left = Math.min(replaced, above + 1, left + 1)
      diagonal = above
      row[j] = left
    }
  }
  return row[width] ?? 0
}

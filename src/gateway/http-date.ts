let second = -1
let text = ""

/** The value of `Date` (RFC 9110 §6.6.1); made once a second, as it is in every answer. */
export function httpDate(now: number): string {
  const current = Math.floor(now / 1000)
  if (current !== second) {
    second = current
    text = new Date(now).toUTCString()
  }
  return text
}

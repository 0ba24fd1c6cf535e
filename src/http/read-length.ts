/** The value of a `Content-Length`, or -1 when it is not a whole number below 2^53 in plain digits (RFC 9110 §8.6). */
export function readLength(value: string): number {
  if (value === "") return -1
  let length = 0
  for (let i = 0; i < value.length; i++) {
    const digit = value.charCodeAt(i) - 0x30
    if (digit < 0 || digit > 9) return -1
    length = length * 10 + digit
    if (length > Number.MAX_SAFE_INTEGER) return -1
  }
  return length
}

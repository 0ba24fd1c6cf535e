/** A vector of unit length, of `size` numbers, the same for the same text. */
export function embedding(text: string, size = 8): readonly number[] {
  const numbers = Array.from({ length: size }, (_, at) => Number(Bun.hash(`${at} ${text}`) % 2001n) / 1000 - 1)
  const length = Math.hypot(...numbers) || 1
  return numbers.map((it) => it / length)
}

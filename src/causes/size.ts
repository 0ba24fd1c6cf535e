const UNITS = ["bytes", "KiB", "MiB", "GiB"] as const

/** A number of bytes as people write it; beside it the number itself, where the other is not the whole truth. */
export function size(shown: string): string {
  const bytes = Number(shown)
  if (!Number.isSafeInteger(bytes)) return shown
  let unit = 0
  while (unit < UNITS.length - 1 && bytes >= 1024 ** (unit + 1)) unit++
  const exact = `${bytes.toLocaleString("en")} ${bytes === 1 ? "byte" : "bytes"}`
  if (unit === 0) return exact
  const amount = bytes / 1024 ** unit
  return Number.isInteger(amount) ? `${amount} ${UNITS[unit]}` : `${amount.toFixed(1)} ${UNITS[unit]} (${exact})`
}

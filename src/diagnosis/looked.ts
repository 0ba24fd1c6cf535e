import type { Exhibit, Part } from "../exhibits/exhibits.ts"

const KIB = 1024

/**
 * Characters of one exhibit that signatures look at. Hundreds of patterns look at each: what a page or a header says of a
 * refusal it says at its beginning, and of a log the last lines matter.
 */
const LOOKED_AT: Readonly<Record<Part, number>> = {
  symptom: 64 * KIB,
  request: 256 * KIB,
  headers: 64 * KIB,
  body: 256 * KIB,
  log: 1024 * KIB,
  config: 1024 * KIB,
  files: 256 * KIB,
}

export function looked({ part, text }: Exhibit): string {
  const most = LOOKED_AT[part]
  if (text.length <= most) return text
  return part === "log" ? text.slice(-most) : text.slice(0, most)
}

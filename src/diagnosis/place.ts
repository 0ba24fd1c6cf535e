import type { Proof } from "./answer.ts"

/** Where a claim stands, as editors open it: of a part that begins at a line of a file, the line is counted from the file's. */
export function placeOf({ from, line }: Pick<Proof, "from" | "line">): string {
  if (line === undefined) return from
  const begins = /^(.*):(\d{1,9})$/s.exec(from)
  return begins === null ? `${from}:${line}` : `${begins[1]}:${Number(begins[2]) + line - 1}`
}

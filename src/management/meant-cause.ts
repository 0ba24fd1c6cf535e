import { CAUSES } from "../causes/catalogue.gen.ts"
import { closest } from "../text/closest.ts"

/** The code that was probably meant: half of one, or one with a slip. */
export function meantCause(code: string): string | undefined {
  const codes = CAUSES.map((it) => it.code)
  const last = code.split("/").at(-1) ?? code
  const halves = codes.filter((it) => it.split("/")[1] === last)
  if (halves.length === 1) return halves[0]
  return closest(code, codes) ?? codes.find((it) => closest(last, [it.split("/")[1] ?? ""]) !== undefined)
}

/** What to say of a code there is no cause of. */
export function noCause(code: string): string {
  const meant = meantCause(code)
  return `There is no cause "${code}". ${meant === undefined ? "Codes look like access/scope-missing." : `Did you mean ${meant}?`}`
}

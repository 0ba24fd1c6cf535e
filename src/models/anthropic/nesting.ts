import { FormFault } from "../form/fault.ts"
import { isList, isObject, type Json } from "../json.ts"

/** No answer nests so deep, and writing it again would exhaust the stack. */
const MOST_LEVELS = 512

/** For what a provider sent and is kept as it is. @throws FormFault */
export function refuseDeep(value: Json | undefined): void {
  if (isDeeper(value, MOST_LEVELS)) throw new FormFault("", `JSON of at most ${MOST_LEVELS} levels`)
}

function isDeeper(value: Json | undefined, most: number): boolean {
  if (isList(value)) return most === 0 || value.some((it) => isDeeper(it, most - 1))
  return isObject(value) && (most === 0 || Object.values(value).some((it) => isDeeper(it, most - 1)))
}

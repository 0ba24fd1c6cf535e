import { FormFault } from "../form/fault.ts"
import type { Json } from "../json.ts"

/** A value of a provider as JSON text. @throws FormFault where it nests deeper than can be written. */
export function compact(value: Json): string {
  try {
    return JSON.stringify(value)
  } catch (error) {
    if (error instanceof RangeError) throw new FormFault("", "JSON that nests less deep")
    throw error
  }
}

import type { Quirks } from "../quirks.ts"
import { digestOf } from "./made-id.ts"

const NINE = /^[a-zA-Z0-9]{9}$/

/** Ids of calls as the provider takes them: Mistral's are nine letters and digits. The same id is always mapped alike. */
export const callIds = ({ toolCallIds }: Quirks): ((id: string) => string) =>
  toolCallIds === undefined ? (id) => id : (id) => (NINE.test(id) ? id : digestOf(id, 9))

import { createHash } from "node:crypto"

/** Letters and digits that stand for a text, the same every time: ids of what came without one, in a stream and whole alike. */
export const digestOf = (text: string, length: number): string =>
  createHash("sha256").update(text).digest("hex").slice(0, length)

/** The id of a call a provider sent without one. `answer` is the answer's id, which makes it unique in a conversation. */
export const madeCallId = (answer: string, choice: number, call: number): string =>
  `call_${digestOf(`${answer} ${choice} ${call}`, 24)}`

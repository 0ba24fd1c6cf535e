import type { Told } from "../decision/cause.ts"

/** What a provider said, where the reader may be told it, as a sentence that follows the explanation. */
export const told = ({ observed }: Told): string =>
  observed === undefined || observed === '""' ? "" : ` It said: ${ended(observed)}`

/** With a period, unless the sentence that is quoted ends with one of its own. */
const ended = (quoted: string): string => (/[.!?]"$/.test(quoted) ? quoted : `${quoted}.`)

import type { Told } from "../decision/cause.ts"

/** What was seen, as a sentence behind another; nothing for those who may not be told. */
export const seen = ({ observed }: Told): string => (observed === undefined ? "" : ` Seen: ${observed}.`)

import type { Told } from "../decision/cause.ts"

/** What was seen, where it is said in words of the gateway's own and can go on a sentence; undefined where it may not be told. */
export const ownWords = ({ observed }: Told): string | undefined => observed?.replace(/^"|"$/g, "")

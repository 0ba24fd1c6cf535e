import { randomText } from "./secrets.ts"

const MARK = "pp_"
const PREFIX_LENGTH = MARK.length + 8
const LENGTH = PREFIX_LENGTH + 1 + 32

/** `pp_` and 8 characters to tell keys apart by, then `_` and 32 that are secret: 190 bits. */
export const newSecret = (): string => `${MARK}${randomText(8)}_${randomText(32)}`

/** What of a secret may be shown. */
export const prefixOf = (secret: string): string => secret.slice(0, PREFIX_LENGTH)

/** Whether a secret could be one of ours, so that nothing longer or else is ever hashed. */
export const couldBeSecret = (presented: string): boolean => presented.length === LENGTH && presented.startsWith(MARK)

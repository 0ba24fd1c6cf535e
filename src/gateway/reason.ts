import { STATUS_CODES } from "node:http"

/** The reason phrase of a status (RFC 9110 §15); empty for one that has none. */
export const reasonOf = (status: number): string => STATUS_CODES[status] ?? ""

import type { ToldError } from "../models/codec.ts"
import type { JsonObject } from "../models/json.ts"

/** A refusal inside a stream, as the problem document (RFC 9457) it would have been before. */
export const writeError = ({ status, message, code, facts }: ToldError): JsonObject => ({
  ...facts,
  status,
  detail: message,
  cause: code,
})

import type { Exchange } from "./exchange.ts"
import { type Halt, unknown } from "./halt.ts"

/** More requests inside one than any configuration needs; httpd itself ends at ten redirects, or ten subrequests deep. */
const MOST = 500

export function tooManyRequests(exchange: Exchange): Halt | undefined {
  return ++exchange.requests > MOST
    ? unknown("where the request ends", `it begins more than ${MOST} others inside the server`)
    : undefined
}

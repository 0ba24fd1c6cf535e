import { type Halt, unknown } from "./halt.ts"
import type { Site } from "./site.ts"

/** More requests inside one than any configuration needs; httpd itself ends at ten redirects, or ten subrequests deep. */
const MOST = 500

export function tooManyRequests(site: Site): Halt | undefined {
  return ++site.requests > MOST
    ? unknown("where the request ends", `it begins more than ${MOST} others inside the server`)
    : undefined
}

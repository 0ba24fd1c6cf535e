import { z } from "zod"
import { complain } from "./complain.ts"
import { readHostPort } from "./host-port.ts"
import { readNetwork } from "./network.ts"
import { nouns } from "./noun.ts"
import { bytesIn, durationMeant, millisecondsIn, SIZE, sizeMeant, TIME, whole } from "./quantity.ts"

const HTTP_URL = "an http or https address such as https://orders.internal:8443/v1"

/** `"1MiB"`, `"512KB"`, `1048576`; bytes. */
export const byteSize = z
  .union([z.string().regex(SIZE), z.int().min(0)])
  .meta({
    description: "A size: a number of bytes, or with B, KB, MB, GB, KiB, MiB or GiB.",
    examples: ["1MiB", "512KB", 1048576],
  })
  .register(nouns, { noun: "a size", expected: "a size such as 1MiB, 512KB or 1048576", hint: sizeMeant })
  .transform((written, context) => whole(bytesIn(written), "bytes", written, context))

/** `"30s"`, `"1m30s"`, `"250ms"`, `"7d"`; milliseconds. A bare number is none: 30 of what? */
export const duration = z
  .string()
  .regex(TIME)
  .meta({ description: "A duration, in d, h, m, s and ms.", examples: ["30s", "1m30s", "250ms"] })
  .register(nouns, { noun: "a duration", expected: "a duration such as 30s, 1m30s or 250ms", hint: durationMeant })
  .transform((written, context) => whole(millisecondsIn(written), "milliseconds", written, context))

/** `5` or `"5"`, since what comes from the environment stays text; a number from 0. */
export const wholeNumber = z
  .union([z.string().regex(/^\d{1,16}$/), z.int().min(0)])
  .meta({ description: "A whole number from 0.", examples: [5] })
  .register(nouns, { noun: "a whole number", expected: "a whole number from 0, such as 5" })
  .transform((written, context) => whole(Number(written), "", written, context))

/** An address or network, IPv4 or IPv6; as text in the one form `network/prefix`. */
export const cidr = z
  .string()
  .regex(/^[0-9A-Fa-f:.]+(?:\/\d{1,3})?$/)
  .meta({ description: "An IPv4 or IPv6 address or network.", examples: ["10.0.0.0/8", "2001:db8::/32", "192.0.2.7"] })
  .register(nouns, {
    noun: "an address or network",
    expected: "an address or network such as 10.0.0.0/8 or 2001:db8::/32",
  })
  .transform(readNetwork)

/** An absolute http or https address; as text without a `/` at its end, so that a path can be put behind it. */
export const httpUrl = z
  .string()
  .regex(/^https?:\/\/[^/?#@\s]+(?:\/[^?#\s]*)?$/)
  .meta({ description: "An absolute http or https address.", examples: ["https://orders.internal:8443/v1"] })
  .register(nouns, { noun: "an address", expected: HTTP_URL, hint: urlMeant })
  .transform((written, context) => {
    if (URL.canParse(written)) return new URL(written).href.replace(/\/+$/, "")
    return complain(context, written, "is not an address", { expected: HTTP_URL })
  })

/** `127.0.0.1:8080`, `[::1]:8080`; `:8080` and `8080` stand for every IPv4 address of the machine. */
export const hostPort = z
  .union([z.string().regex(/^(?:(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])?:)?\d{1,5}$/), z.int().min(0).max(65_535)])
  .meta({
    description: "Host and port; without a host every IPv4 address of the machine.",
    examples: ["127.0.0.1:8080", "[::1]:8080", ":8080"],
  })
  .register(nouns, {
    noun: "an address to listen on",
    expected: "host and port, such as 127.0.0.1:8080, [::1]:8080 or :8080",
  })
  .transform(readHostPort)

function urlMeant(written: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/]*@/i.test(written)) return "leave name and password out of the address"
  if (/[?#]/.test(written)) return 'leave out what begins with "?" or "#"'
  if (/^[A-Za-z0-9.-]+(?::\d+)?(?:\/|$)/.test(written)) return `did you mean http://${written}?`
  return undefined
}

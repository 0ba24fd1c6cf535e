import { z } from "zod"
import { closest } from "./closest.ts"
import { asked, choices, kindOf } from "./describe.ts"
import type { Place } from "./place.ts"

/** What a fault says, without the place. */
export interface Words {
  readonly message: string
  readonly expected?: string
  readonly hint?: string
}

/** Stands for the message of every issue whose schema brings none of its own. */
export const UNSAID = "\u0000unsaid"

type Told = Exclude<z.core.$ZodIssue, { code: "unrecognized_keys" | "invalid_union" | "invalid_key" }>

export function wordsOf(issue: Told, place: Place): Words {
  switch (issue.code) {
    case "invalid_type":
      return own(issue, place, "is not what is asked for here") ?? wrongType(place)
    case "invalid_value":
      return own(issue, place, "is not allowed here") ?? notOneOf(issue.values, place)
    case "too_small":
      return (
        own(issue, place, tooSmall(issue.origin)) ?? {
          message: `${place.shown} ${tooSmall(issue.origin)}`,
          expected: least(issue),
        }
      )
    case "too_big":
      return (
        own(issue, place, tooBig(issue.origin)) ?? {
          message: `${place.shown} ${tooBig(issue.origin)}`,
          expected: most(issue),
        }
      )
    case "not_multiple_of":
      return (
        own(issue, place, "does not fit") ?? {
          message: `${place.shown} does not fit`,
          expected: `a multiple of ${issue.divisor}`,
        }
      )
    case "invalid_format":
      return own(issue, place, "does not fit") ?? { message: `${place.shown} does not fit`, expected: formatOf(issue) }
    case "invalid_element":
      return { message: `${place.shown} holds what does not fit` }
    case "custom":
      return complaint(issue, place)
  }
}

/** A schema's own message says what would be right. */
function own({ message }: z.core.$ZodIssue, place: Place, verdict: string): Words | undefined {
  return message === UNSAID ? undefined : { message: `${place.shown} ${verdict}`, expected: discreet(message, place) }
}

export function wrongType(place: Place): Words {
  const { value, schemas } = place
  const hint = retyped(place)
  const found = value === undefined && place.path.length === 0 ? "an empty file" : kindOf(value)
  return { message: `expected ${asked(schemas)}, found ${found}`, ...(hint === undefined ? {} : { hint }) }
}

/** The same value in a form that has been tried and is accepted. */
function retyped({ value, schemas, document, path, isSecret }: Place): string | undefined {
  const written = document.textAt(path)
  if (written === undefined || written === "" || written.includes("\n")) return undefined
  const accepts = (other: unknown) => schemas.some((schema) => z.safeParse(schema, other).success)
  if (accepts([value])) return `put it in a list: [${written}]`
  if (typeof value !== "string") return accepts(written) ? `put it in quotation marks: "${written}"` : undefined
  const bare = BARE.get(written) ?? Number(written)
  return !isSecret && accepts(bare) ? "leave out the quotation marks" : undefined
}

const BARE: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
])

export function notOneOf(values: readonly unknown[], place: Place): Words {
  const { value } = place
  if (typeof value === "object") return { message: `expected ${choices(values)}, found ${kindOf(value)}` }
  const near = place.isSecret ? undefined : closest(String(value), values.map(String))
  const expected = choices(values)
  const message = `${place.shown} is not allowed here`
  return near === undefined ? { message, expected } : { message, expected, hint: `did you mean ${choices([near])}?` }
}

const tooSmall = (origin: string): string =>
  origin === "number" || origin === "int"
    ? "is too small"
    : origin === "string"
      ? "is too short"
      : "has too few entries"

const tooBig = (origin: string): string =>
  origin === "number" || origin === "int"
    ? "is too large"
    : origin === "string"
      ? "is too long"
      : "has too many entries"

const least = ({ origin, minimum, inclusive, exact }: z.core.$ZodIssueTooSmall): string =>
  `${exact ? "exactly" : inclusive === false ? "more than" : "at least"} ${counted(minimum, origin)}`

const most = ({ origin, maximum, inclusive, exact }: z.core.$ZodIssueTooBig): string =>
  `${exact ? "exactly" : inclusive === false ? "less than" : "at most"} ${counted(maximum, origin)}`

function counted(count: number | bigint, origin: string): string {
  if (origin === "number" || origin === "int") return String(count)
  const [one, many] = origin === "string" ? ["character", "characters"] : ["entry", "entries"]
  return `${count} ${count === 1 ? one : many}`
}

function formatOf({ format, pattern }: z.core.$ZodIssueInvalidStringFormat): string {
  return pattern === undefined || format !== "regex"
    ? `a string in the form of ${format.replaceAll("_", " ")}`
    : `a string that matches ${pattern}`
}

/** Of a refinement: its own sentence, or the rest of one that begins with the value. */
function complaint({ message, params }: z.core.$ZodIssueCustom, place: Place): Words {
  const said = message === UNSAID ? "is not accepted" : discreet(message, place)
  const continues = message === UNSAID || params?.continues === true
  const expected: unknown = params?.expected
  const hint: unknown = params?.hint
  return {
    message: continues ? `${place.shown} ${said}` : said,
    ...(typeof expected === "string" ? { expected: discreet(expected, place) } : {}),
    ...(typeof hint === "string" && !place.isSecret ? { hint } : {}),
  }
}

/** A schema's own words may hold the value; none that came from the environment gets through. */
function discreet(words: string, { isSecret, document: { secrets } }: Place): string {
  if (!isSecret) return words
  return secrets.reduce(
    (text, secret) => text.replaceAll(secret.length < SHORT ? apart(secret) : secret, VARIABLE),
    words,
  )
}

const SHORT = 4
const VARIABLE = `\${…}`

/** `1` or `on` are no secrets when they are part of a word, and replaced there would spoil the sentence. */
const apart = (word: string): RegExp => new RegExp(`(?<!\\w)${RegExp.escape(word)}(?!\\w)`, "g")

import type { z } from "zod"
import { closest } from "./closest.ts"
import { asked } from "./describe.ts"
import type { ConfigFault } from "./fault.ts"
import { likeliest } from "./likeliest.ts"
import { showPath } from "./path.ts"
import { Place } from "./place.ts"
import { branchesOf, definitionOf, keysAllowed } from "./schema-at.ts"
import { valueAt } from "./value-at.ts"
import { notOneOf, UNSAID, type Words, wordsOf, wrongType } from "./words.ts"

export interface Found {
  readonly fault: ConfigFault
  /** The place of the key that is missing. */
  readonly missing?: string
  /** The place of the key that was meant by one that is not known. */
  readonly meant?: string
}

/** What an issue of zod says about a document; `above` is what the issue's path is relative to. */
export function faultsOf(issue: z.core.$ZodIssue, above: Place): readonly Found[] {
  const inside = issue.path.map((part) => (typeof part === "number" ? part : String(part)))
  const place = new Place(above.document, above.schemas, above.path, inside)
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(key, place))
  if (issue.code === "invalid_key") return [badKey(issue, place)]
  if (place.isMissing) return [missing(place)]
  const refused = issue.code === "custom" ? undefined : named(place)
  if (refused !== undefined) return [at(place, refused)]
  return issue.code === "invalid_union" ? unionFaults(issue, place) : [at(place, wordsOf(issue, place))]
}

function unionFaults(issue: z.core.$ZodIssueInvalidUnion, place: Place): readonly Found[] {
  const said = issue.message === UNSAID ? {} : { expected: issue.message }
  if (issue.inclusive === false)
    return [at(place, { message: `${place.shown} can be read in more than one way`, ...said })]
  if (issue.message !== UNSAID) return [at(place, { message: `${place.shown} does not fit`, ...said })]
  if (issue.discriminator !== undefined && issue.errors.length === 0) return [wrongKind(place)]
  const branch = likeliest(issue.errors)
  if (branch === undefined) return [at(place, choicesTogether(issue, place) ?? wrongType(place))]
  const options = place.schemas.flatMap((schema) => {
    const definition = definitionOf(schema)
    return definition.type === "union" && definition.options.length === issue.errors.length ? [definition.options] : []
  })
  const schema = options[0]?.[branch]
  const view = schema === undefined ? place : place.asBranch(schema)
  return (issue.errors[branch] ?? []).flatMap((inner) => faultsOf(inner, view))
}

/** When each branch is a choice of constants, they are one choice. */
function choicesTogether({ errors }: z.core.$ZodIssueInvalidUnion, place: Place): Words | undefined {
  const values = errors.map(([only, ...others]) =>
    only?.code === "invalid_value" && others.length === 0 ? only.values : undefined,
  )
  return values.includes(undefined)
    ? undefined
    : notOneOf(
        values.flatMap((it) => it ?? []),
        place,
      )
}

/** Zod places this at the key that decides, where each branch has its own constants. */
function wrongKind(place: Place): Found {
  const values = place.schemas.flatMap(branchesOf).flatMap((it) => [...(it._zod.values ?? [])])
  return at(place, notOneOf(values, place))
}

function named(place: Place): Words | undefined {
  const refused = place.refusedBy()
  if (refused === undefined) return undefined
  const written = place.isSecret ? undefined : place.document.textAt(place.path)
  const hint = written === undefined ? undefined : refused.hint?.(written)
  const words = { message: `${place.shown} is not ${refused.noun}`, expected: refused.expected }
  return hint === undefined ? words : { ...words, hint }
}

function unknownKey(key: string, { document, path, value, schemas }: Place): Found {
  const allowed = keysAllowed(schemas, value)
  const free = allowed.filter((it) => valueAt(value, [it]) === undefined)
  const near = closest(key, free)
  const message = `unknown key ${JSON.stringify(key)}`
  const source = document.keySourceAt([...path, key])
  const expected =
    allowed.length === 0 ? "no keys" : allowed.length === 1 ? `the key ${allowed.join("")}` : `one of ${list(allowed)}`
  const fault: ConfigFault = { severity: "error", source, message, expected }
  if (near === undefined) return { fault }
  return { fault: { ...fault, hint: `did you mean ${near}?` }, meant: showPath([...path, near]) }
}

const MOST_LISTED = 20

const list = (words: readonly string[]): string =>
  `${words.slice(0, MOST_LISTED).join(", ")}${words.length > MOST_LISTED ? ", …" : ""}`

/** A key of a map with free names, whose names have a form too. */
function badKey(issue: z.core.$ZodIssueInvalidKey, place: Place): Found {
  const key = String(place.path.at(-1))
  const [first] = issue.issues
  const said = first !== undefined && first.message !== UNSAID ? { expected: first.message } : {}
  const values = first?.code === "invalid_value" ? first.values.map(String) : []
  const near = closest(key, values)
  const words: Words = {
    message: `${JSON.stringify(key)} is not allowed as a name`,
    ...(values.length === 0 ? said : { expected: `one of ${list(values)}` }),
    ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
  }
  return { fault: { severity: "error", source: place.document.keySourceAt(place.path), ...words } }
}

function missing({ document, path, schemas }: Place): Found {
  const message = `the key ${JSON.stringify(String(path.at(-1)))} is missing`
  const source = document.keySourceAt(path)
  return { fault: { severity: "error", source, message, expected: asked(schemas) }, missing: showPath(path) }
}

const at = ({ document, path }: Place, words: Words): Found => ({
  fault: { severity: "error", source: document.sourceAt(path), ...words },
})

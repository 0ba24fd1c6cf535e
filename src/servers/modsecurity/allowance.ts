import { BEFORE_RULES, type Exclusion, freeId } from "./exclusion.ts"
import type { Place } from "./place.ts"
import type { Contribution } from "./score.ts"
import { conditionally } from "./seclang.ts"
import type { Settings } from "./settings.ts"

const METHOD_RULE = 911100
const TYPE_RULE = 920420

/** Where nothing else is configured: rules 901160 and 901162 of CRS 3.3 and 4. */
const USUAL_METHODS = "GET HEAD POST OPTIONS"
const USUAL_TYPES = {
  "OWASP_CRS/3.3":
    "|application/x-www-form-urlencoded| |multipart/form-data| |multipart/related| |text/xml| |application/xml| |application/soap+xml| |application/json| |application/cloudevents+json| |application/cloudevents-batch+json|",
  "OWASP_CRS/4.":
    "|application/x-www-form-urlencoded| |multipart/form-data| |text/xml| |application/xml| |application/soap+xml| |application/json|",
} as const

/**
 * The list a policy rule checks against, with one more entry, for one place: narrower than to exclude the rule, as only this
 * method or this type is let in. Undefined for other rules, or where the list in force or the place is not known.
 */
export function allowanceFor(
  { rule, saying }: Contribution,
  place: Place,
  settings: Settings,
  taken: ReadonlySet<number>,
): Exclusion | undefined {
  if (place.path === undefined) return undefined
  const { data, value, ver, parameter } = saying.message
  const path = { path: place.path }
  const written = (name: string, list: string, what: string): Exclusion => ({
    written: conditionally(freeId(taken), path, [`setvar:'tx.${name}=${list}'`]),
    file: BEFORE_RULES,
    position: "before",
    admits: `${what} to ${place.path}, from every caller. Everything else is inspected as before.`,
  })
  if (rule === METHOD_RULE) {
    const method = value ?? data ?? place.method
    if (method === undefined || !/^[A-Za-z]{1,32}$/.test(method)) return undefined
    const list = listed(parameter) ?? settings.allowedMethods ?? (known(ver) === undefined ? undefined : USUAL_METHODS)
    return list === undefined || !SAFE.test(list)
      ? undefined
      : written("allowed_methods", `${list} ${method}`, `${method} requests`)
  }
  if (rule !== TYPE_RULE) return undefined
  const type = /^\|?([a-z0-9.+-]{1,64}\/[a-z0-9.+-]{1,64})\|?$/.exec((data ?? "").toLowerCase())?.[1]
  const list = listed(parameter) ?? settings.allowedContentTypes ?? known(ver)
  if (type === undefined || list === undefined || !SAFE.test(list)) return undefined
  const entry = list.includes("| |") || !list.includes("|") ? ` |${type}|` : `|${type}`
  return written("allowed_request_content_type", `${list}${entry}`, `bodies of type ${type}`)
}

/** ModSecurity 3 writes the list itself, 2 only its name. */
const listed = (parameter: string | undefined): string | undefined =>
  parameter === undefined || parameter.includes("%{") || parameter.includes("characters omitted")
    ? undefined
    : parameter

const SAFE = /^[A-Za-z0-9 |/.+-]{1,2000}$/

function known(ver: string | undefined): string | undefined {
  for (const [version, list] of Object.entries(USUAL_TYPES)) if (ver?.startsWith(version) === true) return list
  return undefined
}

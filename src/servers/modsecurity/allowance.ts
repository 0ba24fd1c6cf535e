import type { Deployment } from "./deployment.ts"
import { BEFORE_RULES, type Exclusion, freeId } from "./exclusion.ts"
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

/** What a rule that checks against a list did not find in it; undefined for other rules, or where no line says. */
export function entryOf({ rule, saying: { message } }: Contribution): string | undefined {
  if (rule === METHOD_RULE) return /^[A-Za-z]{1,32}$/.exec(message.value ?? message.data ?? "")?.[0]
  if (rule !== TYPE_RULE) return undefined
  return /^\|?([a-z0-9.+-]{1,64}\/[a-z0-9.+-]{1,64})\|?$/.exec((message.data ?? "").toLowerCase())?.[1]
}

/**
 * The list with that one more entry, for one place: narrower than to exclude the rule, as only this method or this type is let
 * in. Undefined where the list in force or the place is not known.
 */
export function allowanceFor(
  about: Contribution,
  { place, engine, settings }: Pick<Deployment, "place" | "engine" | "settings">,
  taken: ReadonlySet<number>,
): Exclusion | undefined {
  const entry = entryOf(about)
  if (entry === undefined || place.path === undefined) return undefined
  const isMethod = about.rule === METHOD_RULE
  const list = listInForce(about, settings)
  if (list === undefined || !SAFE.test(list)) return undefined
  const name = isMethod ? "allowed_methods" : "allowed_request_content_type"
  const added = isMethod ? ` ${entry}` : addedType(entry, about)
  const where = isMethod ? { path: place.path } : place
  return {
    written: conditionally(freeId(taken), where, engine, [`setvar:'tx.${name}=${list}${added}'`]),
    file: BEFORE_RULES,
    position: "before",
    admits: `${isMethod ? `${entry} requests` : `bodies of type ${entry}`} to ${place.path}, from every caller. Everything else is inspected as before.`,
  }
}

/** Since CRS 3.3 each type in the list stands between bars, as what is compared does. */
function addedType(entry: string, { saying }: Contribution): string {
  return saying.message.data?.startsWith("|") === true ? ` |${entry}|` : `|${entry}`
}

/** ModSecurity 3 writes the list itself into the line, 2 only its name. */
function listInForce({ rule, saying }: Contribution, settings: Settings): string | undefined {
  const { operator, parameter, ver } = saying.message
  if (operator === "Within" && parameter !== undefined && !parameter.includes("%{") && !parameter.includes("omitted"))
    return parameter
  const usual = usualTypes(ver)
  if (rule !== METHOD_RULE) return settings.allowedContentTypes ?? usual
  return settings.allowedMethods ?? (usual === undefined ? undefined : USUAL_METHODS)
}

const SAFE = /^[A-Za-z0-9 |/.+-]{1,2000}$/

function usualTypes(ver: string | undefined): string | undefined {
  for (const [version, list] of Object.entries(USUAL_TYPES)) if (ver?.startsWith(version) === true) return list
  return undefined
}

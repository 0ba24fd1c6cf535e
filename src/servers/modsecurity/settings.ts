import { optional } from "./message.ts"
import { type Scores, USUAL_SCORES } from "./severity.ts"

/** What the configuration given says of the Core Rule Set. Absent is what it does not say. */
export interface Settings {
  /** `tx.inbound_anomaly_score_threshold`. */
  readonly inbound?: number
  readonly outbound?: number
  readonly scores: Scores
  /** Highest paranoia level whose rules count. */
  readonly level?: number
  /** As written: `GET HEAD POST OPTIONS`. */
  readonly allowedMethods?: string
  readonly allowedContentTypes?: string
  /** Of rules and actions: an exclusion must not take one of them. */
  readonly ids: ReadonlySet<number>
}

/** Of any text. Of what is set twice the last counts, but for what the rule set sets where nothing was set before. */
export function readSettings(texts: readonly string[]): Settings {
  const set = new Map<string, string>()
  const ids = new Set<number>()
  for (const text of texts)
    for (const line of directivesIn(text)) {
      for (const [, id] of line.matchAll(ID)) ids.add(Number(id))
      // What a rule sets holds for the requests it matches; rules on `&TX:` set what was not set before.
      if (!/^(?:SecAction|SecRule\s+&TX:)/i.test(line)) continue
      for (const [, quotedName, quoted, name, bare] of line.matchAll(SETVAR))
        put(set, (quotedName ?? name ?? "").toLowerCase(), quoted ?? bare ?? "", line.startsWith("SecRule"))
    }
  const whole = (name: string): number | undefined => {
    const value = set.get(name)
    return value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : undefined
  }
  return {
    ...optional("inbound", whole("inbound_anomaly_score_threshold")),
    ...optional("outbound", whole("outbound_anomaly_score_threshold")),
    // Called paranoia_level before CRS 4.
    ...optional("level", whole("blocking_paranoia_level") ?? whole("paranoia_level")),
    ...optional("allowedMethods", set.get("allowed_methods")),
    ...optional("allowedContentTypes", set.get("allowed_request_content_type")),
    scores: {
      critical: whole("critical_anomaly_score") ?? USUAL_SCORES.critical,
      error: whole("error_anomaly_score") ?? USUAL_SCORES.error,
      warning: whole("warning_anomaly_score") ?? USUAL_SCORES.warning,
      notice: whole("notice_anomaly_score") ?? USUAL_SCORES.notice,
    },
    ids,
  }
}

function put(set: Map<string, string>, name: string, value: string, isDefault: boolean): void {
  if (!isDefault || !set.has(name)) set.set(name, value)
}

/** One string each, with the lines they go on in; none of those commented out. */
function directivesIn(text: string): readonly string[] {
  const made: string[] = []
  let goesOn = false
  for (const line of text.split("\n")) {
    const said = line.trim()
    if (said.startsWith("#")) continue
    const part = said.endsWith("\\") ? said.slice(0, -1) : said
    if (goesOn) made.push(`${made.pop() ?? ""}${part}`)
    else if (part !== "") made.push(part)
    goesOn = said.endsWith("\\")
  }
  return made
}

/** `setvar:'tx.name=value'` or without the quotation marks. */
const SETVAR = /setvar:(?:'tx\.([A-Za-z_]{1,64})=([^'\n]{0,4096})'|tx\.([A-Za-z_]{1,64})=([^\s,"']{0,4096}))/g
const ID = /\bid:'?(\d{1,9})/g

import { unescaped } from "./escapes.ts"
import { type Field, runsIn } from "./fields.ts"
import { type Matched, readMatched } from "./matched.ts"
import { firstOf, is, ruleFieldsIn, tagsOf } from "./rule-fields.ts"
import { severityOf } from "./severity.ts"

export type Engine = "modsecurity-2" | "modsecurity-3" | "coraza"

/** What one rule wrote about one request. Absent is what the line does not say. */
export interface WafMessage extends Matched {
  /** Absent where only the fields were given: `[id "933160"]`. */
  readonly engine?: Engine
  /** `warned` goes on to the next rule. */
  readonly action: "warned" | "denied" | "unsaid"
  /** With which a request was denied, where it says. */
  readonly status?: number
  readonly phase?: number
  /** The engine's own sentence about the match. */
  readonly sentence: string
  /** The rule's number. */
  readonly id: number
  /** As it stands in the line: `[id "933160"]`, or the same in JSON. */
  readonly idQuote: string
  readonly file?: string
  readonly line?: number
  readonly msg?: string
  readonly data?: string
  /** 0 (emergency) to 7 (debug), as syslog counts. */
  readonly severity?: number
  readonly ver?: string
  readonly tags: readonly string[]
  readonly host?: string
  /** As the engine knows it: decoded, and without query but for Coraza. */
  readonly uri?: string
  readonly uniqueId?: string
  readonly client?: string
  /** How many values matched: ModSecurity 3 writes one line for several, and counts them in `ref`. */
  readonly matches: number
  /** The line was cut, or its fields could also be read otherwise since somebody wrote fields into a value. */
  readonly isDoubtful: boolean
}

/**
 * One line of an error log or of section H of an audit log; undefined where no rule speaks. Takes time in proportion to the
 * line and never throws.
 *
 * Source: apache2/re.c `msre_format_metadata` and apache2/apache2_util.c of 2.9; src/rule_message.cc of 3.0;
 * internal/corazarules/rule_match.go of Coraza 3.
 */
export function readMessage(line: string): WafMessage | undefined {
  if (!line.includes('[id "') || line.includes("Apache-Error: [file ")) return undefined
  const backslashes = IN_HTTPD_LOG.test(line) ? 2 : 1
  const found = ruleFieldsIn(runsIn(line, backslashes), line)
  if (found === undefined) return undefined
  const { fields, start, isDoubtful } = found
  const head = headOf(line.slice(0, start), fields)
  const text = (name: string): string | undefined => {
    const raw = firstOf(fields, name)
    return raw === undefined ? undefined : unescaped(raw, backslashes)
  }
  const id = numberOf(firstOf(fields, "id"))
  if (id === undefined) return undefined
  const data = text("data")
  return {
    ...head.said,
    ...readMatched(unescapedSentence(head.sentence, backslashes), data),
    sentence: head.sentence,
    id,
    idQuote: `[id "${firstOf(fields, "id")}"]`,
    ...optional("file", text("file")),
    ...optional("line", numberOf(firstOf(fields, "line"))),
    ...optional("msg", text("msg")),
    ...optional("data", data === "" ? undefined : data),
    ...optional("severity", severityOf(firstOf(fields, "severity"))),
    ...optional("ver", text("ver")),
    tags: tagsOf(fields),
    ...optional("host", text("hostname")),
    ...optional("uri", text("uri")),
    ...optional("uniqueId", firstOf(fields, "unique_id")),
    ...optional("client", clientOf(line)),
    matches: matchesOf(firstOf(fields, "ref")),
    isDoubtful,
  }
}

/** `[Sat Nov 21 …]`, `[security2:error]`: httpd wrote the line, and each backslash in it twice. */
const IN_HTTPD_LOG = /^.{0,80}?(?:\[[A-Z][a-z]{2} [A-Z][a-z]{2} |\[(?:security2)?:error\])/

/**
 * What the engine says first. A caller can write the same into a name, but only after it, and the leftmost is taken. Pasted lines
 * may begin with the verdict.
 */
const HEAD =
  /(?:^|(ModSecurity|Coraza|Message): )(?:Warning\. |Access denied(?: with (?:code (\d{3})|[a-z ]{1,40}))?[^(]{0,200}\(phase (\d)\)\. ?)/

/** Who speaks and what was done, and the sentence after it. */
function headOf(before: string, fields: readonly Field[]) {
  const head = HEAD.exec(before)
  const sentence = head === null ? "" : before.slice(head.index + head[0].length).trim()
  const engine = engineOf(head?.[1], sentence, fields)
  const phase = numberOf(head?.[3])
  if (phase === undefined) {
    const action = head === null ? ("unsaid" as const) : ("warned" as const)
    return { said: { ...engine, action }, sentence }
  }
  return { said: { ...engine, action: "denied" as const, ...optional("status", numberOf(head?.[2])), phase }, sentence }
}

function engineOf(
  speaker: string | undefined,
  sentence: string,
  fields: readonly Field[],
): { readonly engine?: Engine } {
  if (speaker === "Coraza") return { engine: "coraza" }
  if (sentence.startsWith('Matched "Operator `') || fields.some(is("ref"))) return { engine: "modsecurity-3" }
  return speaker === undefined ? {} : { engine: "modsecurity-2" }
}

/** Names in a sentence come with escapes too; what was looked for is config text and stays as it is. */
function unescapedSentence(sentence: string, backslashes: 1 | 2): string {
  return backslashes === 2 ? sentence.replaceAll("\\\\", "\\") : sentence
}

/** ModSecurity 3 notes for each value that matched where it began: `v164,25`. */
function matchesOf(ref: string | undefined): number {
  if (ref === undefined) return 1
  return Math.max(1, ref.match(/v\d{1,9},\d{1,9}/g)?.length ?? 0)
}

function clientOf(line: string): string | undefined {
  return /\[client "?([0-9A-Fa-f.:]{2,45})"?\] (?:ModSecurity|Coraza): /.exec(line)?.[1]
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

/** A property, or none: what is not known is absent. */
export function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  const made: { [P in K]?: V } = {}
  if (value !== undefined) made[key] = value
  return made
}

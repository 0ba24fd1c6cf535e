import type { ExhibitFault } from "./fault.ts"

/** Parts of a case, by the name they are asked for. */
export const PARTS = ["symptom", "request", "headers", "body", "log", "config", "files"] as const
export type Part = (typeof PARTS)[number]

/** One piece of text a person gave, as it came but for credentials, which are blotted out. */
export interface Exhibit {
  readonly part: Part
  /** How an answer names it: `response_body`, `log_lines[2]`, `config[0]`, or a file with its line. */
  readonly from: string
  readonly text: string
  /** Where credentials were blotted out of `text`: begin and end of each, in order. */
  readonly blots?: readonly (readonly [start: number, end: number])[]
  /** Of a log of which not all lines were kept: the number in the file of each line of `text`. */
  readonly lines?: readonly number[]
}

/** What could be read of the request; what is not known is absent, and nothing is made up. */
export interface SeenRequest {
  readonly method?: string
  readonly scheme?: "http" | "https"
  readonly host?: string
  readonly port?: number
  /** With its query, as sent. */
  readonly target?: string
  /** By lower-case name; of fields sent twice, joined with `, `. */
  readonly headers: ReadonlyMap<string, string>
  /** Whether all headers were given, so that one that is not here was not sent. */
  readonly areHeadersComplete: boolean
  readonly body?: string
  readonly bodyBytes?: number
}

export interface SeenResponse {
  readonly status?: number
  readonly headers: ReadonlyMap<string, string>
  readonly areHeadersComplete: boolean
  readonly body?: string
}

/** One line of a log, as far as its format could be read. Absent is what the line does not say. */
export interface LogEvent {
  /** As `Exhibit.from`, with the line where an exhibit has several: `log_lines[2]`, `error.log:17`. */
  readonly from: string
  /** The line as it came. */
  readonly line: string
  readonly format: LogFormat
  /** Milliseconds since 1970; of a line without a zone as if it were UTC. */
  readonly time?: number
  /** Of its severity, in words: `error`, `crit`. */
  readonly level?: string
  readonly client?: string
  readonly clientPort?: number
  readonly method?: string
  readonly target?: string
  readonly host?: string
  readonly status?: number
  readonly upstreamStatus?: number
  readonly agent?: string
  readonly referrer?: string
  /** What lines of one request share: `unique_id`, nginx's `*connection`, a request id; by name. */
  readonly ids: ReadonlyMap<string, string>
  /** Codes a machine wrote: `AH01630`, a rule's number, HAProxy's `PR--`, Envoy's `rbac_access_denied_matched_policy[none]`. */
  readonly codes: readonly string[]
  /** The rest of the line that says what happened. */
  readonly message: string
}

export const LOG_FORMATS = [
  "nginx-error",
  "nginx-access",
  "httpd-error",
  "httpd-access",
  "modsecurity-2",
  "modsecurity-3",
  "coraza",
  "haproxy",
  "envoy",
  "audit",
  "squid",
  "traefik",
  "alb",
  "cloudfront",
  "kubernetes",
  "json",
  "text",
] as const
export type LogFormat = (typeof LOG_FORMATS)[number]

/** All that was given about one refusal. */
export interface Exhibits {
  readonly all: readonly Exhibit[]
  readonly of: Readonly<Record<Part, readonly Exhibit[]>>
  readonly request: SeenRequest
  readonly response: SeenResponse
  /** Every line of every log, in the order given. */
  readonly events: readonly LogEvent[]
  /** What the person calls the case. */
  readonly id?: string
  /** What was given and could not be understood, or was cut; none where this is absent. */
  readonly faults?: readonly ExhibitFault[]
}

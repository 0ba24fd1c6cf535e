import type { Exhibits, LogEvent, Part } from "../../exhibits/exhibits.ts"

/** What a rule of the Core Rule Set writes, for one request. */
export interface Written {
  readonly rule: number
  readonly target?: string
  readonly msg?: string
  readonly data?: string
  readonly severity?: "CRITICAL" | "ERROR" | "WARNING" | "NOTICE"
  readonly level?: 1 | 2 | 3 | 4
  readonly uri?: string
  readonly id?: string
  readonly client?: string
  readonly isDenied?: boolean
  readonly sentence?: string
}

/** `log_escape_hex` of ModSecurity 2, and once more as httpd writes backslashes. */
const escaped = (text: string): string =>
  [...Buffer.from(text, "utf8")]
    .map((it) =>
      it < 0x20 || it > 0x7e || it === 0x22 || it === 0x5c
        ? `\\x${it.toString(16).padStart(2, "0")}`
        : String.fromCharCode(it),
    )
    .join("")
    .replaceAll("\\", "\\\\")

/** As httpd 2.4 with ModSecurity 2.9.7 writes it. */
export function line2(it: Written): string {
  const target = it.target ?? "ARGS:comment"
  const sentence = it.sentence ?? `Pattern match "(?i)<script[^>]*>" at ${target.replaceAll("\\", "\\\\")}.`
  const done = it.isDenied === true ? "Access denied with code 403 (phase 2). " : "Warning. "
  const data = it.data ?? `Matched Data: <script> found within ${target}: <script>`
  return `[Sat Nov 21 15:51:24.682645 2026] [security2:error] [pid 7173:tid 7185] [client ${it.client ?? "192.0.2.7"}:56020] [client ${it.client ?? "192.0.2.7"}] ModSecurity: ${done}${sentence} [file "/usr/share/modsecurity-crs/rules/REQUEST-941-APPLICATION-ATTACK-XSS.conf"] [line "83"] [id "${it.rule}"] [msg "${it.msg ?? "XSS Filter"}"] [data "${escaped(data)}"] [severity "${it.severity ?? "CRITICAL"}"] [ver "OWASP_CRS/3.3.4"] [tag "attack-xss"] [tag "paranoia-level/${it.level ?? 1}"] [tag "OWASP_CRS"] [hostname "a.example"] [uri "${escaped(it.uri ?? "/notes")}"] [unique_id "${it.id ?? "awG9_NaA7YMjRhE-2l1_WAAAAIQ"}"]`
}

/** The line that refuses, of the same. */
export const denied2 = (score: number, it: Partial<Written> = {}, threshold = 5): string =>
  line2({
    rule: 949110,
    isDenied: true,
    sentence: `Operator GE matched ${threshold} at TX:anomaly_score.`,
    msg: `Inbound Anomaly Score Exceeded (Total Score: ${score})`,
    data: "",
    ...it,
  })

/** As nginx with ModSecurity 3.0.9 writes it, the request after it. */
export function line3(it: Written & { readonly ref?: string }): string {
  const target = it.target ?? "ARGS:comment"
  const sentence =
    it.sentence ??
    `Matched "Operator \`Rx' with parameter \`(?i)<script[^>]*>' against variable \`${target}' (Value: \`<script>' )`
  const done =
    it.isDenied === true
      ? "[client 192.0.2.7] ModSecurity: Access denied with code 403 (phase 2). "
      : "ModSecurity: Warning. "
  const level = it.isDenied === true ? "error" : "info"
  return `2026/11/21 15:53:20 [${level}] 7795#7795: *2 ${done}${sentence} [file "/usr/share/modsecurity-crs/rules/REQUEST-941-APPLICATION-ATTACK-XSS.conf"] [line "64"] [id "${it.rule}"] [rev ""] [msg "${it.msg ?? "XSS Filter"}"] [data "${(it.data ?? `Matched Data: <script> found within ${target}: <script>`).replaceAll('"', "\\x22")}"] [severity "2"] [ver "OWASP_CRS/3.3.4"] [maturity "0"] [accuracy "0"] [tag "paranoia-level/1"] [tag "OWASP_CRS"] [hostname "127.0.0.1"] [uri "${it.uri ?? "/notes"}"] [unique_id "${it.id ?? "179527640099.181591"}"] [ref "${it.ref ?? "o0,8v40,10"}"], client: 192.0.2.7, server: , request: "POST /notes?x=1 HTTP/1.1", host: "a.example"`
}

export const denied3 = (score: number): string =>
  line3({
    rule: 949110,
    isDenied: true,
    sentence: `Matched "Operator \`Ge' with parameter \`5' against variable \`TX:ANOMALY_SCORE' (Value: \`${score}' )`,
    msg: `Inbound Anomaly Score Exceeded (Total Score: ${score})`,
    data: "",
    ref: "",
  })

/** As Coraza 3 writes it. */
export function lineCoraza(it: Written): string {
  const done = it.isDenied === true ? "Access denied (phase 2)." : "Warning."
  const data = it.data ?? `Matched Data: <script> found within ${it.target ?? "ARGS:comment"}: <script>`
  return `[client "192.0.2.7"] Coraza: ${done} ${it.msg ?? "XSS Filter"} [file "/etc/crs4/rules/REQUEST-941-APPLICATION-ATTACK-XSS.conf"] [line "64"] [id "${it.rule}"] [rev ""] [msg ${JSON.stringify(it.msg ?? "XSS Filter")}] [data ${JSON.stringify(data)}] [severity "critical"] [ver "OWASP_CRS/4.0.0"] [maturity "0"] [accuracy "0"] [tag "paranoia-level/1"] [hostname ""] [uri ${JSON.stringify(it.uri ?? "/notes?x=1")}] [unique_id "${it.id ?? "kXhIyvnWGGYQ"}"]`
}

/** Lines as exhibits have them: of one log, none of it understood beforehand. */
export function exhibitsOf(
  lines: readonly string[],
  given: { readonly request?: Exhibits["request"]; readonly config?: string; readonly seen?: Partial<LogEvent> } = {},
): Pick<Exhibits, "events" | "request" | "of"> {
  const of: Record<Part, Exhibits["all"]> = {
    symptom: [],
    request: [],
    headers: [],
    body: [],
    log: [],
    config: [],
    files: [],
  }
  if (given.config !== undefined) of.config = [{ part: "config", from: "config[0]", text: given.config }]
  return {
    of,
    request: given.request ?? { headers: new Map(), areHeadersComplete: false },
    events: lines.map((line, at) => ({
      from: `error.log:${at + 1}`,
      line,
      format: "text",
      ids: new Map(),
      codes: [],
      message: line,
      ...given.seen,
    })),
  }
}

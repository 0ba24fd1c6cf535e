import type { NginxConfiguration } from "../../nginx/configuration.ts"
import type { Directive } from "../../nginx/syntax/directive.ts"
import type { Patch } from "../../patch.ts"
import type { AuditedSite, Check } from "../checks.ts"
import { found, type PlacedFinding, type Said, type Severity } from "../finding.ts"

export const NGINX_FINDINGS = {
  "nginx/not-read": "error",
  "nginx/rule-shadowed": "warning",
  "nginx/rules-refuse-nobody": "warning",
  "nginx/rules-replaced": "warning",
  "nginx/limit-except-refuses-nothing": "warning",
  "nginx/dead-after-return": "warning",
  "nginx/access-after-return": "error",
  "nginx/location-after-return": "warning",
  "nginx/alias-traversal": "error",
  "nginx/alias-without-slash": "warning",
  "nginx/autoindex": "warning",
  "nginx/location-shadowed": "warning",
  "nginx/server-name-duplicate": "warning",
  "nginx/try-files-directory": "warning",
  "nginx/root-missing": "error",
  "nginx/error-page-refused": "warning",
} as const satisfies Readonly<Record<string, Severity>>
export type NginxFindingName = keyof typeof NGINX_FINDINGS
export type NginxFinding = PlacedFinding<NginxFindingName>

export type NginxSite = AuditedSite<NginxConfiguration>
export type NginxCheck = Check<NginxSite, NginxFinding>

/** A finding about a directive. */
export const foundAt = (
  { configuration }: NginxSite,
  { at }: Pick<Directive, "at">,
  said: Said<NginxFindingName>,
): NginxFinding => found(NGINX_FINDINGS, at, textOf(configuration, at.file).split(/\r?\n/)[at.line - 1] ?? "", said)

export const textOf = ({ texts }: NginxConfiguration, file: string): string =>
  texts.find((it) => it.file === file)?.text ?? ""

/** A directive as it is called in words: `location ~ \.php$`. */
export const labelOf = ({ name, args }: Directive): string => [name, ...args.map((it) => it.text)].join(" ")

/** `line 12`, or with its file where that is another. */
export const lineOf = ({ at }: Pick<Directive, "at">, from: Pick<Directive, "at">): string =>
  at.file === from.at.file ? `line ${at.line}` : `${at.file}:${at.line}`

/** What takes a directive out, with its line where it stands there alone. */
export function removalOf({ configuration }: NginxSite, { at, end, start }: Directive): readonly Patch[] {
  const text = textOf(configuration, at.file)
  const from = text.lastIndexOf("\n", start - 1) + 1
  const to = text.indexOf("\n", end)
  const isAlone = to !== -1 && text.slice(from, start).trim() === "" && text.slice(end, to).trim() === ""
  const place = { kind: "text", file: at.file, line: at.line, insert: "" } as const
  if (isAlone) return [{ ...place, column: 1, remove: text.slice(from, to + 1) }]
  return [{ ...place, column: at.column, remove: text.slice(start, end) }]
}

import type { Source } from "../../../decision/source.ts"
import type { HttpdConfiguration } from "../../httpd/configuration.ts"
import { lineAt } from "../../httpd/mending/edits.ts"
import type { Server } from "../../httpd/server.ts"
import type { Section } from "../../httpd/settings/settings.ts"
import type { ServerRequest } from "../../request.ts"
import type { AuditedSite, Check } from "../checks.ts"
import { found, type PlacedFinding, type Said, type Severity } from "../finding.ts"

const HTTPD_FINDINGS = {
  "httpd/not-read": "error",
  "httpd/require-dead": "warning",
  "httpd/require-replaced": "warning",
  "httpd/location-replaces-files": "warning",
  "httpd/root-open": "error",
  "httpd/access-mixed": "warning",
  "httpd/allow-deny-dead": "warning",
  "httpd/options-on-writable": "error",
  "httpd/indexes": "warning",
  "httpd/htaccess-dead": "warning",
  "httpd/htaccess-not-allowed": "error",
  "httpd/root-missing": "error",
  "httpd/error-document-refused": "warning",
} as const satisfies Readonly<Record<string, Severity>>
export type HttpdFindingName = keyof typeof HTTPD_FINDINGS
export type HttpdFinding = PlacedFinding<HttpdFindingName>

export type HttpdSite = AuditedSite<HttpdConfiguration>
export type HttpdCheck = Check<HttpdSite, HttpdFinding>

/** A finding about a place. */
export const foundAt = ({ configuration }: HttpdSite, at: Source, said: Said<HttpdFindingName>): HttpdFinding =>
  found(HTTPD_FINDINGS, at, lineAt(configuration.input.texts, at.file, at.line ?? 1) ?? "", said)

/** `line 12`, or with its file where that is another. */
export const lineOf = ({ file, line }: Source, from: Source): string =>
  file === from.file ? `line ${line}` : `${file}:${line}`

export const everyServer = ({ main, hosts }: HttpdConfiguration): readonly Server[] => [main, ...hosts]

/** Every section once, those in other sections behind them: virtual hosts repeat those of the main server. */
export function everySection(configuration: HttpdConfiguration): readonly Section[] {
  const found = new Set<Section>()
  const waiting = everyServer(configuration).flatMap((it) => [...it.directories, ...it.locations, ...inside(it)])
  // Grows while it is walked.
  for (const it of waiting) {
    if (found.has(it)) continue
    found.add(it)
    waiting.push(...inside(it))
  }
  return [...found]
}

const inside = ({ settings }: Pick<Section, "settings">): readonly Section[] => [
  ...(settings.files ?? []),
  ...(settings.conditions ?? []),
]

/** A plain GET to a server, by its name. */
export function askFor(server: Server, { ports }: HttpdConfiguration, target: string): ServerRequest {
  const host = server.name ?? "example.org"
  return {
    method: "GET",
    target,
    host,
    scheme: "http",
    port: server.addresses.find((it) => it.port !== undefined)?.port ?? ports[0] ?? 80,
    protocol: "HTTP/1.1",
    headers: [["Host", host]],
    client: "192.0.2.1",
  }
}

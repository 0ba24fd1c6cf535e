import { judge } from "../../httpd/judge.ts"
import { proposed } from "../finding.ts"
import { NOTHING_KNOWN } from "../nothing-known.ts"
import { askFor, everyServer, foundAt, type HttpdCheck } from "./site.ts"

/** Pages for the refused that are refused to them as well, so that httpd shows its own instead. */
export const refusedDocuments: HttpdCheck = function* (site) {
  const { configuration, reader, tree } = site
  const told = new Set<string>()
  for (const server of everyServer(configuration)) {
    const settings = [server.settings, ...[...server.directories, ...server.locations].map((it) => it.settings)]
    for (const document of settings.flatMap((it) => it.errors?.get(403) ?? [])) {
      const { kind, source, value } = document
      if (kind !== "path" || told.has(`${source.file}:${source.line}`)) continue
      const surroundings = { configuration, tree: tree ?? NOTHING_KNOWN, reader }
      const judged = judge(surroundings, askFor(server, configuration, value))
      if (judged.kind !== "refuses" || judged.status !== 403) continue
      told.add(`${source.file}:${source.line}`)
      const [{ source: by }] = judged.denial.evidence
      yield foundAt(site, source, {
        name: "httpd/error-document-refused",
        why: `${value} is looked for as any other, and is refused too${by.line === undefined ? "" : ` (${by.file}:${by.line})`}`,
        effect: "whoever is refused sees httpd's own page and not this one",
        change: proposed(`Let everybody have ${value}: \`<Location "${value}">\` with \`Require all granted\``),
      })
    }
  }
}

import { childOf } from "../../files/path.ts"
import { judgeFully } from "../../httpd/judge.ts"
import { known, type Override } from "../../httpd/language/directives.ts"
import { readingWithin } from "../../httpd/request/htaccess.ts"
import type { Server } from "../../httpd/server.ts"
import { directoriesBelow, requestPath } from "../directories.ts"
import { type PlacedChange, proposed } from "../finding.ts"
import { trimmed } from "./files.ts"
import { askFor, everyServer, foundAt, type HttpdCheck, type HttpdFinding, type HttpdSite } from "./site.ts"

/** As many files as are read and judged. */
const MOST_FILES = 500

/** `.htaccess` files that are not read, and those with lines for which httpd answers 500. */
export const accessFiles: HttpdCheck = function* (site) {
  const { configuration, tree } = site
  if (tree === undefined) return
  const told = new Set<string>()
  for (const server of everyServer(configuration)) {
    const root = server.root?.value
    if (root === undefined || !root.startsWith("/")) continue
    const wanted = server.accessFiles ?? [".htaccess"]
    for (const { path, below, names } of directoriesBelow(tree, trimmed(root))) {
      const name = wanted.find((it) => names.includes(it))
      const file = name === undefined ? undefined : childOf(path, name)
      if (file === undefined || told.has(file)) continue
      if (told.size >= MOST_FILES) return
      told.add(file)
      yield* judged(site, server, file, below)
    }
  }
}

function* judged(site: HttpdSite, server: Server, file: string, below: string): Generator<HttpdFinding> {
  const { configuration, reader, tree } = site
  const text = configuration.input.texts.read(file)
  if (tree === undefined || text === undefined) return
  const directives = directivesIn(site, file, text)
  const [first] = directives
  if (first === undefined) return
  const { judgement, running } = judgeFully(
    { configuration, tree, reader },
    askFor(server, configuration, requestPath(below)),
  )
  if (judgement.kind === "refuses" && judgement.denial.clause.clause.cause.code === "apache/htaccess-invalid") {
    const { observed, observedSource } = judgement.denial.evidence[0]
    const at = observedSource ?? { file, line: first.line, column: 1, path: "" }
    // Another file of a directory above may be the one; it has its own turn.
    if (at.file === file)
      yield foundAt(site, at, {
        name: "httpd/htaccess-not-allowed",
        why: `httpd does not take this line: ${String(observed)}`,
        effect: `refuses everything in ${below} with 500`,
        change: allowing(directives),
      })
    return
  }
  const { override, overrideList } = running.settings
  const isRead =
    override === undefined || override.classes.size > 0 || override.skips.disallowed || override.skips.unknown
  if (isRead || (overrideList?.size ?? 0) > 0) return
  const by = override.source
  yield foundAt(
    site,
    { file, line: first.line, column: 1, path: "" },
    {
      name: "httpd/htaccess-dead",
      why: `\`AllowOverride None\` holds here (${by.file}:${by.line}): httpd does not read the file`,
      effect: "neither lets in nor refuses anybody, whatever it says",
      change: allowing(directives),
    },
  )
}

interface Line {
  readonly key: string
  readonly line: number
}

/** The directives of a file, those in sections too. */
function directivesIn({ configuration }: HttpdSite, file: string, text: string): readonly Line[] {
  const lines: Line[] = []
  const waiting = [...readingWithin(configuration).read(file, text)]
  for (const it of waiting) {
    lines.push({ key: it.name.toLowerCase(), line: it.line.stretches[0]?.line ?? 1 })
    waiting.push(...it.children)
  }
  return lines
}

const NAMES: Readonly<Record<Exclude<Override, "all">, string>> = {
  authconfig: "AuthConfig",
  fileinfo: "FileInfo",
  indexes: "Indexes",
  limit: "Limit",
  options: "Options",
}

/** The fewest classes that allow what the file says. */
function allowing(lines: readonly Line[]): PlacedChange {
  const needed = new Set<Override>()
  const never: string[] = []
  for (const { key } of lines) {
    const overrides = known(key)?.overrides ?? []
    const [first] = overrides
    if (first === undefined) never.push(key)
    else if (!overrides.includes("all") && !overrides.some((it) => needed.has(it))) needed.add(first)
  }
  if (never.length > 0)
    return proposed(
      `Put ${[...new Set(never)].slice(0, 3).join(", ")} into the server's own configuration: they are not for .htaccess`,
    )
  const classes = [...needed].flatMap((it) => (it === "all" ? [] : [NAMES[it]]))
  return proposed(
    `Put \`AllowOverride ${classes.join(" ") || "Options"}\` into the \`<Directory>\` of this file, or its lines themselves, and remove the file`,
  )
}

import { type PlacedFinding, SEVERITIES, type Severity } from "../servers/audit/finding.ts"
import type { Example, FilesFinding } from "../servers/files/audit/finding.ts"
import { excerpt, visible } from "../text/excerpt.ts"
import type { Part } from "./audit-parts.ts"
import { columns, type Style } from "./style.ts"

/** Everything found, worst first in each thing looked through. All foreign text is made harmless. */
export function renderAudit(parts: readonly Part[], style: Style): string {
  const shown = parts.map((it) => renderPart(it, style))
  return `${[...shown, summary(parts, style)].join("\n\n")}\n`
}

function renderPart(part: Part, style: Style): string {
  const name = part.kind === "root" ? part.root : part.file
  const what = part.kind === "root" ? `as ${part.reader}` : part.kind === "gateway" ? "this gateway" : part.kind
  const head = `${style.bold(visible(name))}  ${style.dim(visible(what))}`
  const found = part.kind === "root" ? part.findings.map((it) => onFiles(it, style)) : placed(part.findings, style)
  return [head, ...(found.length === 0 ? [style.good("  nothing found")] : found), ...limits(part, style)].join("\n\n")
}

function limits(part: Part, style: Style): readonly string[] {
  if (part.kind !== "root") return part.assumed.map((it) => style.dim(`  taken to be so: ${visible(it)}`))
  const { count, examples } = part.unread
  const stopped = {
    entries: "stopped: there are too many files to look at them all",
    depth: "not looked at: what lies deeper",
  }
  return [
    ...(count === 0 ? [] : [style.dim(`  not known: ${count}, such as ${visible(examples.slice(0, 3).join(", "))}`)]),
    ...(part.stopped === null ? [] : [style.dim(`  ${stopped[part.stopped]}`)]),
  ]
}

const tone = (severity: Severity, style: Style, text: string): string =>
  severity === "error" ? style.bad(text) : severity === "warning" ? style.bold(text) : style.dim(text)

const titled = (name: string, severity: Severity, style: Style): string =>
  `  ${tone(severity, style, severity)}  ${style.bold(name)}`

function onFiles({ count, examples, name, severity, why }: FilesFinding, style: Style): string {
  const rows = examples.map(({ mode, path }: Example) => [visible(mode), visible(path)])
  const more = count > examples.length ? [style.dim(`    and ${count - examples.length} more`)] : []
  const [change] = examples.flatMap((it) => it.change ?? [])
  const fix = change === undefined ? [] : [`  ${style.good("fix")} ${visible(change.does)}: ${visible(change.written)}`]
  return [titled(name, severity, style), `  ${visible(why)}`, columns(rows, "    "), ...more, ...fix].join("\n")
}

/** Findings of one kind and severity together, so that what repeats is explained where it is. */
function placed(findings: readonly PlacedFinding[], style: Style): readonly string[] {
  return [...Map.groupBy(findings, (it) => `${it.severity} ${it.name}`).values()].map((group) => {
    const [first] = group
    if (first === undefined) return ""
    return [titled(first.name, first.severity, style), ...group.map((it) => onePlace(it, style))].join("\n")
  })
}

function onePlace({ at, change, effect, quote, severity, why }: PlacedFinding, style: Style): string {
  const { column, file, line, path } = at
  const where = line === undefined ? `${file} ${path}` : `${file}:${line}${column === undefined ? "" : `:${column}`}`
  return [
    "",
    `  ${style.dim(visible(where))}`,
    ...quoted(quote, line, column ?? 1, severity, style),
    `  ${style.dim("=")} ${visible(why)}`,
    `  ${style.dim("=")} ${visible(effect)}`,
    ...(change === null
      ? []
      : [
          `  ${style.good("fix")} ${visible(change.does)}${change.isVerified ? style.dim(" (tried: it mends this)") : ""}`,
        ]),
  ].join("\n")
}

function quoted(quote: string, line: number | undefined, column: number, severity: Severity, style: Style) {
  if (quote === "" || line === undefined) return []
  const { shown, caretAt } = excerpt(quote, column)
  const gutter = String(line)
  return [
    `  ${style.dim(`${gutter} |`)} ${shown}`,
    `  ${style.dim(`${" ".repeat(gutter.length)} |`)} ${" ".repeat(caretAt)}${tone(severity, style, "^")}`,
  ]
}

function summary(parts: readonly Part[], style: Style): string {
  const counts: Record<Severity, number> = { error: 0, warning: 0, note: 0 }
  for (const part of parts) for (const { severity } of part.findings) counts[severity]++
  const told = SEVERITIES.filter((it) => counts[it] > 0).map(
    (it) => `${counts[it]} ${it}${counts[it] === 1 ? "" : "s"}`,
  )
  if (told.length === 0) return style.good("Nothing found.")
  return `${told.join(", ")}. ${style.dim("`--fix` prints the changes.")}`
}

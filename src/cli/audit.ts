import { existsSync } from "node:fs"
import { visible } from "../text/excerpt.ts"
import { type AuditCommandOptions, type Part, partsOf } from "./audit-parts.ts"
import { Failure } from "./failure.ts"
import { styleFor } from "./style.ts"

const EXIT = { found: 1, unreadable: 2 } as const

/**
 * `audit`: what refuses or lets in other than it should, without a request. Exit code 0 for nothing, 1 for findings that are
 * errors or warnings, 2 where something named cannot be read.
 */
export async function audit(paths: readonly string[], options: AuditCommandOptions): Promise<void> {
  const parts: Part[] = []
  const unread: string[] = []
  for (const path of paths.length === 0 ? usual() : paths) {
    const looked = await partsOf(path, options, parts)
    if (typeof looked === "string") unread.push(looked)
    else parts.push(...looked)
  }
  for (const it of unread) process.stderr.write(`${visible(it)}\n`)
  if (options.json) process.stdout.write(`${JSON.stringify({ parts, unread }, null, 2)}\n`)
  else if (options.fix) process.stdout.write((await import("./audit-fixes.ts")).fixes(parts))
  else process.stdout.write((await import("./render-audit.ts")).renderAudit(parts, styleFor(process.stdout)))
  const isSerious = parts.some(({ findings }) => findings.some((it: { severity: string }) => it.severity !== "note"))
  process.exitCode = unread.length > 0 ? EXIT.unreadable : isSerious ? EXIT.found : 0
}

function usual(): readonly string[] {
  if (existsSync("pinpoint.yaml")) return ["pinpoint.yaml"]
  throw new Failure(
    "There is nothing to look through. Name a document root, the configuration of nginx or httpd, or a pinpoint.yaml.",
    EXIT.unreadable,
  )
}

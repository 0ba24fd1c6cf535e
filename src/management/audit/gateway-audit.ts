import { type Environment, loadConfig } from "../../config/load.ts"
import { readPlan } from "../../config/stored-plan.ts"
import { placeOf, type Source } from "../../decision/source.ts"
import { applyText } from "../../servers/apply-text.ts"
import { inOrder, type PlacedChange, proposed } from "../../servers/audit/finding.ts"
import { verified } from "../../servers/audit/verified.ts"
import type { Patch } from "../../servers/patch.ts"
import { type Document, readDocument } from "../../text/document.ts"
import { edit } from "../../text/edit.ts"
import { EditError } from "../../text/edit-error.ts"
import { parsePath } from "../../text/path.ts"
import { valueAt } from "../../text/value-at.ts"
import type { KnownKey } from "../neighbourhood.ts"
import { type Draft, drafted, type GatewayFinding } from "./finding.ts"
import { forNobody, idleKeys } from "./key-findings.ts"
import { networks } from "./network-findings.ts"
import { Openings } from "./openings.ts"

export interface GatewayAuditOptions {
  readonly text: string
  /** How places in it are named. */
  readonly file: string
  readonly env: Environment
  /** Keys made at run time; undefined where they could not be looked at. */
  readonly stored: readonly KnownKey[] | undefined
}

/** What is wrong with a gateway's own plan. */
export interface GatewayAudit {
  readonly findings: readonly GatewayFinding[]
  /** There were too many keys and routes to decide them all. */
  readonly isStopped: boolean
}

/** Builds the plan of a configuration and decides every key on every route, by the evaluator that decides live. Changes nothing. */
export function auditGateway(options: GatewayAuditOptions): GatewayAudit {
  const { text, file, env } = options
  const { drafts, isStopped } = audited(options)
  const document = readDocument(text, file, env)
  const secrets = secretsIn(document)
  const lines = text.split(/\r?\n/)
  const again = (patches: readonly Patch[]): readonly GatewayFinding[] | undefined => {
    const [patch] = patches
    const changed = patch?.kind === "text" ? applyText(text, patch) : undefined
    return changed === undefined ? undefined : audited({ ...options, text: changed }).drafts
  }
  const patched = drafts.map((it) => withEdit(it, text, file, document))
  const told = verified(patched, again, text.length).map((it) => ({
    ...it,
    quote: it.at.file === file ? masked(lines[(it.at.line ?? 0) - 1] ?? "", secrets) : "",
    change: it.change === null ? null : withoutSecret(it.change, lines, secrets),
  }))
  return { findings: inOrder(told), isStopped }
}

function audited({ text, file, env, stored }: GatewayAuditOptions): {
  readonly drafts: readonly Draft[]
  readonly isStopped: boolean
} {
  const { faults, plan } = loadConfig(text, file, env)
  const read = plan === undefined ? undefined : readPlan(plan.revision, plan.text)
  const openings = read === undefined ? undefined : new Openings(read)
  const written = (read?.keys ?? []).map((it): KnownKey => ({ ...it, status: "active" }))
  const names = new Set(written.map((it) => it.name))
  const keys = [...written, ...(stored ?? []).filter((it) => !names.has(it.name))]
  const decided: readonly Draft[] =
    openings === undefined || read === undefined
      ? []
      : [...idleKeys(openings, keys), ...forNobody(openings, keys, stored !== undefined), ...networks(read)]
  // What the reader of the file says of keys is decided here, on every route.
  const places = new Set(decided.map((it) => placeOf(it.at)))
  const isTold = (source: Source): boolean => places.has(placeOf(source)) || places.has(placeOf(above(source)))
  const unread = faults
    .filter((it) => it.severity === "error" || !isTold(it.source))
    .map(({ hint, expected, message, severity, source }) =>
      drafted("gateway/not-read", source, {
        severity,
        why: message,
        effect:
          severity === "error" ? "the gateway does not take up the file" : "the gateway takes it as it is written",
        change: hint === undefined && expected === undefined ? undefined : proposed(hint ?? `Write ${expected}`),
      }),
    )
  return { drafts: [...unread, ...decided], isStopped: openings?.isStopped ?? false }
}

/** The list an entry stands in. */
const above = ({ path, ...source }: Source): Source => ({ ...source, path: path.replace(/\[\d+\]$/, "") })

/** The list at a finding's place, written without what does nothing. */
function withEdit({ takes, ...finding }: Draft, text: string, file: string, document: Document): GatewayFinding {
  const { at, change } = finding
  if (change === null || takes === undefined || at.file !== file) return finding
  const value = valueAt(document.value, parsePath(at.path))
  const list = Array.isArray(value) ? value.map(String) : []
  if (!list.includes(takes)) return finding
  const to = list.toSpliced(list.lastIndexOf(takes), 1)
  try {
    return { ...finding, change: { ...change, patches: [patchOf(file, text, edit(text, [{ path: at.path, to }]))] } }
  } catch (error) {
    // An alias, an anchor or a variable stands there: a person has to look.
    if (error instanceof EditError) return finding
    throw error
  }
}

/** The one stretch in which two texts differ. */
function patchOf(file: string, before: string, after: string): Extract<Patch, { kind: "text" }> {
  let start = 0
  while (start < before.length && before[start] === after[start]) start++
  let end = 0
  const most = Math.min(before.length, after.length) - start
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  const line = before.slice(0, start).split("\n").length
  const column = start - before.slice(0, start).lastIndexOf("\n")
  const remove = before.slice(start, before.length - end)
  return { kind: "text", file, line, column, remove, insert: after.slice(start, after.length - end) }
}

function secretsIn({ value }: Document): readonly string[] {
  const entries = [valueAt(value, ["keys"]), valueAt(value, ["providers"])].flatMap((it) =>
    typeof it === "object" && it !== null ? Object.values(it) : [],
  )
  return entries.flatMap((it) => {
    const key = valueAt(it, ["key"])
    return typeof key === "string" && key !== "" ? [key] : []
  })
}

/** What is quoted gets into tickets; a key written out rather than taken from the environment must not. */
const masked = (line: string, secrets: readonly string[]): string =>
  secrets.reduce((text, it) => text.replaceAll(it, "•••"), line)

/** Lines around a patch that are shown with it. */
const AROUND = 4

function withoutSecret(change: PlacedChange, lines: readonly string[], secrets: readonly string[]): PlacedChange {
  const tells = change.patches.some(
    (it) =>
      it.kind === "text" &&
      lines
        .slice(Math.max(0, it.line - 1 - AROUND), it.line + it.remove.split("\n").length + AROUND)
        .some((line) => secrets.some((secret) => line.includes(secret))),
  )
  return tells ? { ...change, patches: [], isVerified: false } : change
}

import { equals } from "../../../decision/relations.ts"
import { check, following } from "../../../decision/check.ts"
import type { Source } from "../../../decision/source.ts"
import { fsFileNotReadable } from "../../../foreign/fs/file-not-readable.ts"
import { fsParentDirNotSearchable } from "../../../foreign/fs/parent-dir-not-searchable.ts"
import { fsProtectedLink } from "../../../foreign/fs/protected-link.ts"
import { nginxDisableSymlinks } from "../../../foreign/nginx/disable-symlinks.ts"
import { nginxEacces } from "../../../foreign/nginx/eacces.ts"
import { BIT, type Denied } from "../../files/rights.ts"
import type { Entry } from "../../files/tree.ts"
import type { Failed } from "../../files/walk.ts"
import { nginxLinkLoop, nginxNotFound, nginxServerFault } from "../causes.ts"
import { differs, grants } from "../relations.ts"
import type { Directive } from "../syntax/directive.ts"
import { fromBytes } from "../values/bytes.ts"
import type { Exchange } from "./exchange.ts"
import { fileKind, fileRights } from "./facts.ts"
import type { Looked } from "./look.ts"
import { gateAt, type Refused, refuseAt } from "./stop.ts"

type Lost = Extract<Looked, { kind: "failed" }>

/** Answers for a file that could not be had: 404 for what is not there, 403 for what may not be read, 500 for the rest. */
export function refuseFile(exchange: Exchange, looked: Lost, path: string, isLogged: boolean): Refused {
  switch (looked.error) {
    case "ENOENT":
    case "ENOTDIR":
    case "ENAMETOOLONG":
      return refuseAbsent(exchange, path, 404, isLogged)
    case "EACCES":
      return refuseRights(exchange, looked.failed, 403, isLogged)
    case "ELOOP":
      return refuseLink(exchange, looked, path, isLogged)
  }
}

export function refuseAbsent(exchange: Exchange, path: string, status: 404 | 403 | 500, isLogged: boolean): Refused {
  exchange.seen = { kind: "absent", at: sourceOfRoot(exchange) }
  const at = sourceOfRoot(exchange)
  const gate = gateAt(exchange.settings, `absent ${status} ${path}`, () => ({
    cause: status === 500 ? nginxServerFault : nginxNotFound,
    anyOf: [check(fileKind, differs, following("absent", { ...at, path: `${at.path} ${fromBytes(path)}` }, "operator"))],
  }))
  return refuseAt(exchange, gate, status, isLogged)
}

/** A right that one class lacks, on one directory or file. */
export function refuseRights(exchange: Exchange, failed: Failed | undefined, status: 403 | 500, isLogged: boolean): Refused {
  if (failed?.error !== "EACCES") throw new Error("a right is told to be missing, and not which")
  if (failed.bit === "link") return refuseProtected(exchange, failed.entry, failed.path, status, isLogged)
  const { entry, path, bit } = failed
  exchange.seen = { rights: rightsOf(entry, failed.right), at: entry.source }
  const needed = { read: "r", write: "w", execute: "x" }[bit]
  const gate = gateAt(exchange.settings, `right ${status} ${path} ${bit} ${entry.mode}`, () => ({
    cause: status === 500 ? nginxServerFault : bit === "execute" ? fsParentDirNotSearchable : entry.kind === "directory" ? nginxEacces : fsFileNotReadable,
    anyOf: [check(fileRights, grants, following(needed, { ...entry.source, path }, "operator"))],
  }))
  return refuseAt(exchange, gate, status, isLogged)
}

function refuseProtected(exchange: Exchange, entry: Entry, path: string, status: 403 | 500, isLogged: boolean): Refused {
  exchange.seen = { kind: "another's link in a sticky directory", at: entry.source }
  const gate = gateAt(exchange.settings, `protected ${status} ${path}`, () => ({
    cause: status === 500 ? nginxServerFault : fsProtectedLink,
    anyOf: [check(fileKind, differs, following("another's link in a sticky directory", { ...entry.source, path }, "operator"))],
  }))
  return refuseAt(exchange, gate, status, isLogged)
}

function refuseLink(exchange: Exchange, looked: Lost, path: string, isLogged: boolean): Refused {
  const { symlinks } = exchange.settings
  exchange.seen = { kind: "link", at: sourceOfRoot(exchange) }
  const isForbidden = looked.link !== undefined && symlinks !== undefined
  const at: Source = isForbidden ? symlinks.directive.at : sourceOfRoot(exchange)
  const gate = gateAt(exchange.settings, `link ${looked.link ?? path}`, () => ({
    cause: isForbidden ? nginxDisableSymlinks : nginxLinkLoop,
    anyOf: [check(fileKind, differs, following("link", { ...at, path: `${at.path} ${looked.link ?? fromBytes(path)}` }, "operator"))],
  }))
  return refuseAt(exchange, gate, 403, isLogged)
}

/** What is there is of the wrong kind: `file` where a directory must be. */
export function refuseKind(exchange: Exchange, kind: string, required: string, status: 404 | 500, isLogged: boolean): Refused {
  exchange.seen = { kind, at: sourceOfRoot(exchange) }
  const gate = gateAt(exchange.settings, `kind ${status} ${kind} ${required}`, () => ({
    cause: status === 500 ? nginxServerFault : nginxNotFound,
    anyOf: [check(fileKind, equals, following(required, sourceOfRoot(exchange), "operator"))],
  }))
  return refuseAt(exchange, gate, status, isLogged)
}

const sourceOfRoot = ({ settings }: Exchange): Source => whereOf(settings.root?.directive ?? settings.directive)
const whereOf = ({ at }: Directive): Source => at

/** Of the class that decided, as a mode writes them. */
function rightsOf(entry: Entry, { by }: Denied): string {
  const bits = permissionsOf(entry, by)
  return [...("rwx" as const)].map((it, at) => ((bits & (4 >> at)) === 0 ? "-" : it)).join("")
}

function permissionsOf(entry: Entry, by: Denied["by"]): number {
  switch (by) {
    case "root":
      return entry.mode & 0o111 ? BIT.execute : 0
    case "owner":
      return (entry.mode >> 6) & 7
    case "group":
      return entry.acl === undefined || entry.acl === "unknown" ? (entry.mode >> 3) & 7 : entry.acl.group & entry.acl.mask
    case "named user":
    case "named group":
      // Which of the entries it was is not told; what they have in common is that the bit is not there.
      return 0
    case "other":
      return entry.mode & 7
  }
}

import type { Cause } from "../../../decision/cause.ts"
import { check, following } from "../../../decision/check.ts"
import { equals } from "../../../decision/relations.ts"
import type { Source } from "../../../decision/source.ts"
import { fsFileNotReadable } from "../../../foreign/fs/file-not-readable.ts"
import { fsParentDirNotSearchable } from "../../../foreign/fs/parent-dir-not-searchable.ts"
import { nginxDisableSymlinks } from "../../../foreign/nginx/disable-symlinks.ts"
import { nginxEacces } from "../../../foreign/nginx/eacces.ts"
import { nginxLinkLoop } from "../../../foreign/nginx/link-loop.ts"
import { fileGates } from "../../files/gates.ts"
import type { Failed, Step } from "../../files/walk.ts"
import { fromBytes } from "../../values/bytes.ts"
import { nginxNotFound, nginxServerFault } from "../causes.ts"
import { differs } from "../relations.ts"
import type { Directive } from "../syntax/directive.ts"
import type { Exchange } from "./exchange.ts"
import { fileKind } from "./facts.ts"
import type { Looked } from "./look.ts"
import { gateAt, gatesAt, type Refused, refuseAt } from "./stop.ts"

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

export function refuseAbsent(exchange: Exchange, path: string, status: 404 | 500, isLogged: boolean): Refused {
  exchange.seen = { kind: "absent", at: sourceOfRoot(exchange) }
  const at = sourceOfRoot(exchange)
  const gate = gateAt(exchange.settings, `absent ${status} ${path}`, () => ({
    cause: status === 500 ? nginxServerFault : nginxNotFound,
    anyOf: [
      check(fileKind, differs, following("absent", { ...at, path: `${at.path} ${fromBytes(path)}` }, "operator")),
    ],
  }))
  return refuseAt(exchange, gate, status, isLogged)
}

/** A right that is lacking, on one directory or file of the way; those before it were looked at and held. */
export function refuseRights(
  exchange: Exchange,
  failed: Failed | undefined,
  status: 403 | 500,
  isLogged: boolean,
): Refused {
  if (failed?.error !== "EACCES") throw new Error("a right is told to be missing, and not which")
  const { reader, names } = exchange.machine
  const gates = gatesAt(failed.entry, `${status} ${failed.path} ${failed.bit}`, () =>
    fileGates<Exchange>(failed, reader, {
      ...(names === undefined ? {} : { names }),
      causeOf: (step) => causeOf(step, status),
    }),
  )
  return refuseAt(exchange, gates, status, isLogged)
}

/** A directory is opened to be redirected to its path with a slash, or to be listed. */
function causeOf({ entry, bit }: Step, status: 403 | 500): Cause {
  if (status === 500) return nginxServerFault
  if (entry.kind !== "directory") return fsFileNotReadable
  return bit === "execute" ? fsParentDirNotSearchable : nginxEacces
}

function refuseLink(exchange: Exchange, looked: Lost, path: string, isLogged: boolean): Refused {
  const { symlinks } = exchange.settings
  exchange.seen = { kind: "link", at: sourceOfRoot(exchange) }
  const isForbidden = looked.link !== undefined && symlinks !== undefined
  const at: Source = isForbidden ? symlinks.directive.at : sourceOfRoot(exchange)
  const gate = gateAt(exchange.settings, `link ${looked.link ?? path}`, () => ({
    cause: isForbidden ? nginxDisableSymlinks : nginxLinkLoop,
    anyOf: [
      check(
        fileKind,
        differs,
        following("link", { ...at, path: `${at.path} ${looked.link ?? fromBytes(path)}` }, "operator"),
      ),
    ],
  }))
  return refuseAt(exchange, gate, 403, isLogged)
}

/** What is there is of the wrong kind: `file` where a directory must be. */
export function refuseKind(
  exchange: Exchange,
  kind: string,
  required: string,
  status: 404 | 500,
  isLogged: boolean,
): Refused {
  exchange.seen = { kind, at: sourceOfRoot(exchange) }
  const gate = gateAt(exchange.settings, `kind ${status} ${kind} ${required}`, () => ({
    cause: status === 500 ? nginxServerFault : nginxNotFound,
    anyOf: [check(fileKind, equals, following(required, sourceOfRoot(exchange), "operator"))],
  }))
  return refuseAt(exchange, gate, status, isLogged)
}

const sourceOfRoot = ({ settings }: Exchange): Source => whereOf(settings.root?.directive ?? settings.directive)
const whereOf = ({ at }: Directive): Source => at

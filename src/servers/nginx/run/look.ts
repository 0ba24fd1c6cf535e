import { needOf } from "../../files/files-model.ts"
import type { Entry } from "../../files/tree.ts"
import { type Failed, type Want, walk } from "../../files/walk.ts"
import { fromBytes } from "../../values/bytes.ts"
import { RELATIVE } from "../settings/block.ts"
import { Unknowable } from "../values/unknowable.ts"
import type { Exchange, NginxMachine } from "./exchange.ts"

/** What the worker finds at a path. */
export type Looked =
  | { readonly kind: "found"; readonly entry: Entry; readonly path: string }
  | {
      readonly kind: "failed"
      readonly error: Failed["error"]
      readonly failed: Failed | undefined
      readonly link: string | undefined
    }

/** `stat` finds it; `open` reads it, a directory too. With `disable_symlinks`, nginx opens where it would find. */
export function look(exchange: Exchange, bytes: string, does: "stat" | "open"): Looked {
  const path = pathOf(bytes)
  const { symlinks } = exchange.settings
  if (symlinks === undefined || symlinks.mode === "off")
    return walked(exchange, path, does === "stat" ? "exists" : "read")
  const link = forbiddenLink(exchange, path)
  if (link === undefined) return walked(exchange, path, "read")
  return link
}

/** Whether the worker may list a directory; links are never minded here. */
export const lookToList = (exchange: Exchange, bytes: string): Looked => walked(exchange, pathOf(bytes), "list")

/** @throws Unknowable for a path that begins nowhere known, or is no text. */
export function pathOf(bytes: string): string {
  if (bytes.startsWith(RELATIVE) || !bytes.startsWith("/"))
    throw new Unknowable({
      what: `where \`${bytes.replace(RELATIVE, "")}\` begins`,
      why: "`root` is relative, and the prefix nginx was built with was not told",
    })
  const path = fromBytes(bytes)
  if (path.includes("\ufffd"))
    throw new Unknowable({
      what: "a name of a file that is not UTF-8",
      why: "it was not told in what way names are encoded",
    })
  return path
}

/** What was found before, for as long as the machine is looked at: a tree is one view, which does not change. */
const found = new WeakMap<NginxMachine, Map<string, Looked>>()
const MOST_FOUND = 10_000

function walked({ machine }: Exchange, path: string, want: Want): Looked {
  const own = found.get(machine) ?? new Map<string, Looked>()
  found.set(machine, own)
  const key = `${want} ${path}`
  const before = own.get(key)
  if (before !== undefined) return before
  const looked = walkedAnew(machine, path, want)
  if (own.size >= MOST_FOUND) own.clear()
  own.set(key, looked)
  return looked
}

function walkedAnew({ files, reader }: NginxMachine, path: string, want: Want): Looked {
  const ended = walk(files, reader, path, want)
  switch (ended.kind) {
    case "reached":
      return { kind: "found", entry: ended.entry, path: ended.path }
    case "failed":
      return { kind: "failed", error: ended.error, failed: ended, link: undefined }
    case "unsure":
      throw new Unknowable(needOf(ended.missing[0], String(reader.user)))
  }
}

/** The first link on the way that `disable_symlinks` minds, as the error it makes; undefined where there is none. */
function forbiddenLink(exchange: Exchange, path: string): Looked | undefined {
  const { symlinks } = exchange.settings
  const { files } = exchange.machine
  if (symlinks === undefined) return undefined
  const start = startOf(exchange, path)
  if (start === undefined) return undefined
  const names = path
    .slice(start)
    .split("/")
    .filter((it) => it !== "")
  let at = path.slice(0, start)
  for (const [number, name] of names.entries()) {
    const before = walked(exchange, at === "" ? "/" : at, "search")
    if (before.kind === "failed") return before
    at = `${before.path === "/" ? "" : before.path}/${name}`
    const entry = files.at(at)
    if (entry === "unknown") throw new Unknowable(needOf({ path: at, lacks: "entry" }, "the worker"))
    if (entry === "absent") return undefined
    if (entry.kind !== "link") continue
    const isLast = number === names.length - 1 && !path.endsWith("/")
    if (symlinks.mode === "on")
      return { kind: "failed", error: isLast ? "ELOOP" : "ENOTDIR", failed: undefined, link: at }
    const target = walked(exchange, at, isLast ? "read" : "exists")
    if (target.kind === "failed") return target
    if (target.entry.user !== entry.user) return { kind: "failed", error: "ELOOP", failed: undefined, link: at }
  }
  return undefined
}

/** Where checking begins: behind `from=`, where the path begins with it; undefined where nothing is left to check. */
function startOf(exchange: Exchange, path: string): number | undefined {
  const from = exchange.settings.symlinks?.from
  if (from === undefined) return 0
  const text = fromBytes(exchange.fill(from))
  if (text === "" || !path.startsWith(text)) return 0
  if (text.length === path.length) return undefined
  if (path[text.length] === "/") return text.length
  return text.endsWith("/") ? text.length - 1 : 0
}

/** Whether the worker may read a file, links never minded: a password file. */
export const lookToRead = (exchange: Exchange, bytes: string): Looked => walked(exchange, pathOf(bytes), "read")

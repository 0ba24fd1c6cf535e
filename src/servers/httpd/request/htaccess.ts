import { check, following } from "../../../decision/check.ts"
import { absent } from "../../../decision/relations.ts"
import type { Source } from "../../../decision/source.ts"
import { apacheHtaccessUnreadable } from "../../../foreign/apache/htaccess-unreadable.ts"
import { fileGates } from "../../files/gates.ts"
import { fromBytes } from "../../values/bytes.ts"
import { apacheHtaccessInvalid } from "../access/causes.ts"
import { Facts, type World } from "../access/world.ts"
import type { HttpdConfiguration } from "../configuration.ts"
import { sourceOf } from "../language/directive.ts"
import { placeAt } from "../language/line.ts"
import { Reading } from "../language/reader.ts"
import { treeOf } from "../language/tree.ts"
import { newServer } from "../server.ts"
import { compile } from "../settings/compile.ts"
import type { Draft } from "../settings/draft.ts"
import { ALL_METHODS } from "../settings/methods.ts"
import type { OverrideSetting, Section } from "../settings/settings.ts"
import type { Exchange } from "./exchange.ts"
import { type Halt, unknown } from "./halt.ts"
import type { Running } from "./running.ts"

/** What is read from the files of one directory, or what ends the request there. */
export type Read = { readonly section: Section | undefined } | { readonly halt: Halt }

const NONE: Read = { section: undefined }

/** Reads the first `.htaccess` of a directory, whose path ends with a slash (server/config.c `ap_parse_htaccess`). */
export function readHtaccess(
  exchange: Exchange,
  running: Running,
  directory: string,
  override: OverrideSetting | undefined,
  list: ReadonlySet<string>,
): Read {
  const key = `${directory}\0${[...(override?.classes ?? [])].join()}`
  if (exchange.htaccess.has(key)) return { section: exchange.htaccess.get(key) }
  for (const name of exchange.server.accessFiles ?? [".htaccess"]) {
    const read = readOne(exchange, running, `${directory}${name}`, directory, override, list)
    if (read === undefined) continue
    if ("section" in read) exchange.htaccess.set(key, read.section)
    return read
  }
  exchange.htaccess.set(key, undefined)
  return NONE
}

function readOne(
  exchange: Exchange,
  running: Running,
  path: string,
  directory: string,
  override: OverrideSetting | undefined,
  list: ReadonlySet<string>,
): Read | undefined {
  const walked = exchange.walk(path, "read")
  if (walked.kind === "unsure") {
    const why = "AllowOverride lets it decide who is refused"
    return { halt: unknown(`whether ${fromBytes(path)} is there and can be read`, why, override?.source) }
  }
  if (walked.kind === "failed") {
    if (walked.error === "ENOENT" || walked.error === "ENOTDIR") return undefined
    const about = { cause: apacheHtaccessUnreadable, status: 403, code: "AH00529" }
    const gates = fileGates<World>(walked, exchange.reader, {
      causeOf: () => apacheHtaccessUnreadable,
      names: exchange.names,
    })
    const refused = exchange.refusal(running, gates, { ...about, failed: walked })
    if (refused !== undefined) return { halt: refused }
    return { halt: unknown(`how ${fromBytes(path)} fails to open`, `${walked.error} while it is read`) }
  }
  if (walked.entry.kind !== "file") return { halt: unknown(`what ${fromBytes(path)} is`, "it is no plain file") }
  const text = exchange.configuration.input.texts.read(fromBytes(path))
  if (text === undefined)
    return {
      halt: unknown(`the text of ${fromBytes(path)}`, "httpd reads it on the way to the file", override?.source),
    }
  return parse(exchange, running, fromBytes(path), text, directory, override, list)
}

/** Reads files within a configuration that is in force: what it defined holds, and nothing is included. */
export const readingWithin = ({ serverRoot, defined, modules, variables }: HttpdConfiguration): Reading =>
  new Reading({
    texts: { read: () => undefined, names: () => undefined },
    serverRoot,
    defines: defined,
    environment: variables,
    modules,
    hasFile: () => undefined,
  })

function parse(
  exchange: Exchange,
  running: Running,
  file: string,
  text: string,
  directory: string,
  override: OverrideSetting | undefined,
  list: ReadonlySet<string>,
): Read {
  const { configuration } = exchange
  const reading = readingWithin(configuration)
  const directives = treeOf(reading.read(file, text), configuration.variables, () => undefined)
  const settings: Draft = {}
  let fault: Halt | undefined
  const complain = (message: string, source: Source): false => {
    const facts = new Facts()
    const fact = facts.seen(`htaccess.fault ${file}`)
    const seen = new Map([[fact.name, { value: message, source }]])
    const about = { cause: apacheHtaccessInvalid, status: 500, code: "core:alert" }
    fault = exchange.barred(running, [check(fact, absent, following(null, source, "operator"))], about, seen)
    return false
  }
  const early = reading.acted.find(({ key }) => isTooEarly(key, override, list))
  const [broken] = reading.faults.filter((it) => it.severity === "error")
  if (early !== undefined)
    complain(`${early.line.text.split(/\s/, 1)[0] ?? ""} not allowed here`, {
      file,
      ...placeAt(early.line, 0),
      path: early.line.text.slice(0, 200),
    })
  else if (broken !== undefined) complain(broken.message, broken.source)
  else
    compile(
      directives,
      {
        settings,
        server: newServer(),
        path: directory,
        kind: "htaccess",
        methods: ALL_METHODS,
        serverRoot: configuration.serverRoot,
        conditions: [],
        modules: configuration.isLoadedKnown ? configuration.modules : undefined,
        allowed: {
          classes: override?.classes ?? new Set(),
          list,
          options: override?.options ?? "all",
          skips: override?.skips ?? { disallowed: false, unknown: false },
        },
      },
      (message, directive) => complain(message, sourceOf(directive)),
    )
  if (fault !== undefined) return { halt: fault }
  const source = { file, line: 1, column: 1, path: "" }
  const section: Section = {
    scope: { kind: "htaccess", directory },
    settings,
    source,
    title: file,
    directive: undefined,
    lines: directives,
  }
  return { section }
}

/** What acts while it is read needs some class to be allowed; some of it is for the server's own files only. */
function isTooEarly(key: string, override: OverrideSetting | undefined, list: ReadonlySet<string>): boolean {
  if (list.has(key) || list.has(`<${key}`) || override?.skips.disallowed === true) return false
  const isAnywhere = key.startsWith("if") || key === "use" || key === "macro"
  return !isAnywhere || override === undefined || override.classes.size === 0
}

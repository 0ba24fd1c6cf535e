import type { Directive } from "../syntax/directive.ts"
import { Referers } from "../values/referers.ts"
import { templateOf } from "../values/template.ts"
import { methodsExcepted } from "./methods.ts"
import {
  davMethodsOf,
  errorPagesOf,
  firstOf,
  maxBodyOf,
  realIpOf,
  STANDARD_BODY,
  symlinksOf,
  tryFilesOf,
} from "./parts.ts"
import { ANSWERING, RELAYING } from "./relaying.ts"
import { ruleOf } from "./rules.ts"
import { type Branch, type Operation, operationOf } from "./script.ts"
import type { ContentHandler, Root, Settings } from "./settings.ts"
import { unmodelledIn } from "./unmodelled.ts"

export interface Surroundings {
  /** Where relative paths of files begin, with a slash at its end; undefined where that is not known. */
  readonly prefix: string | undefined
  /** The directory of the main file: what paths of password files are relative to. */
  readonly directory: string
  readonly serverNames: readonly string[]
}

/** What kind of block it is: an `if` and a `limit_except` are locations without a name. */
export type Kind =
  | { readonly kind: "server" }
  | { readonly kind: "location"; readonly name: string; readonly isPattern: boolean }
  | { readonly kind: "if" | "limit_except"; readonly of: Kind }

/** What holds in a block: what is written there over what holds around it, as each module of nginx merges it. */
export function settingsOf(
  directive: Directive,
  around: Settings | undefined,
  kind: Kind,
  where: Surroundings,
): Settings {
  const lines = directive.block ?? []
  const first = (name: string): Directive | undefined => lines.find((it) => it.name === name)
  const on = (name: string, inherited: Directive | undefined): Directive | undefined => {
    const own = lines.findLast((it) => it.name === name)
    return own === undefined ? inherited : own.args[0]?.text === "on" ? own : undefined
  }
  const flag = (name: string, inherited: boolean): boolean => {
    const own = first(name)
    return own === undefined ? inherited : own.args[0]?.text === "on"
  }
  const rules = lines.filter((it) => it.name === "allow" || it.name === "deny")
  const index = lines.filter((it) => it.name === "index")
  const realm = first("auth_basic")
  const userFile = first("auth_basic_user_file")
  const authRequest = first("auth_request")
  const errorPages = lines.flatMap(errorPagesOf)
  const satisfy = first("satisfy")
  const internal = first("internal") ?? around?.internal
  const referers = lines.filter((it) => it.name === "valid_referers")
  const requests = lines.filter((it) => it.name === "limit_req")
  const connections = lines.filter((it) => it.name === "limit_conn")
  const settings: Settings = {
    directive,
    label: labelOf(directive),
    root: rootOf(lines, kind, where) ?? around?.root,
    index: index[0] === undefined ? around?.index : { names: index.flatMap(templates), directive: index[0] },
    rules: rules.length === 0 ? (around?.rules ?? []) : rules.flatMap((it) => ruleOf(it) ?? []),
    satisfiesAny: satisfy === undefined ? around?.satisfiesAny : satisfy.args[0]?.text === "any" ? satisfy : undefined,
    realm: realm === undefined ? around?.realm : { text: templateOf(firstOf(realm)), directive: realm },
    userFile:
      userFile === undefined
        ? around?.userFile
        : { path: templateOf(absolute(firstOf(userFile), where.directory)), directive: userFile },
    authRequest:
      authRequest === undefined
        ? around?.authRequest
        : { uri: firstOf(authRequest) === "off" ? "" : firstOf(authRequest), directive: authRequest },
    errorPages: errorPages.length === 0 ? (around?.errorPages ?? []) : errorPages,
    areErrorPagesRecursive: flag("recursive_error_pages", around?.areErrorPagesRecursive ?? false),
    autoindex: on("autoindex", around?.autoindex),
    randomIndex: on("random_index", around?.randomIndex),
    internal,
    symlinks: symlinksOf(first("disable_symlinks")) ?? around?.symlinks,
    davMethods: davMethodsOf(first("dav_methods"), around),
    maxBody: maxBodyOf(first("client_max_body_size")) ??
      around?.maxBody ?? { bytes: STANDARD_BODY, directive: undefined },
    realIp: realIpOf(lines, around?.realIp),
    referers: referers.length === 0 ? around?.referers : new Referers(referers, where.serverNames),
    limits: {
      requests: requests.length === 0 ? (around?.limits.requests ?? []) : requests,
      connections: connections.length === 0 ? (around?.limits.connections ?? []) : connections,
    },
    limitStatus: {
      requests: numberIn(first("limit_req_status")) ?? around?.limitStatus.requests ?? 503,
      connections: numberIn(first("limit_conn_status")) ?? around?.limitStatus.connections ?? 503,
    },
    unmodelled: [...(around?.unmodelled ?? []), ...unmodelledIn(directive)],
    script: [],
    tryFiles: tryFilesOf(first("try_files")),
    handler: handlerOf(lines, kind, around),
    upstream: upstreamOf(lines, kind, around),
    limitExcept: undefined,
  }
  const limitExcept = first("limit_except")
  return {
    ...settings,
    script: kind.kind === "limit_except" ? [] : scriptOf(lines, settings, kind, where),
    limitExcept:
      limitExcept === undefined
        ? undefined
        : {
            methods: methodsExcepted(limitExcept.args.map((it) => it.text)),
            settings: settingsOf(limitExcept, settings, { kind: "limit_except", of: kind }, where),
            directive: limitExcept,
          },
  }
}

function scriptOf(
  lines: readonly Directive[],
  settings: Settings,
  kind: Kind,
  where: Surroundings,
): readonly Operation[] {
  // The operations of an `if` belong to the script around it.
  if (kind.kind === "if") return []
  const none: Branch | undefined = undefined
  const inside = (it: Directive): Settings | undefined =>
    kind.kind === "server" ? undefined : settingsOf(it, settings, { kind: "if", of: kind }, where)
  return lines.flatMap((it) => operationOf(it, none, inside) ?? [])
}

const templates = ({ args }: Directive) => args.map((it) => templateOf(it.text))
const numberIn = (directive: Directive | undefined): number | undefined => {
  const text = directive?.args[0]?.text
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : undefined
}
const absolute = (path: string, directory: string): string =>
  path.startsWith("/") || path.startsWith("$") ? path : `${directory}${path}`

const labelOf = ({ name, args }: Directive): string => [name, ...args.map((it) => it.text)].join(" ")

function rootOf(lines: readonly Directive[], kind: Kind, { prefix }: Surroundings): Root | undefined {
  const directive = lines.find((it) => it.name === "root" || it.name === "alias")
  if (directive === undefined) return undefined
  const written = firstOf(directive)
  const isAlias = directive.name === "alias"
  const bare = !isAlias && written.endsWith("/") ? written.slice(0, -1) : written
  const path = bare.startsWith("/") || bare.startsWith("$") || bare === "" ? bare : `${prefix ?? RELATIVE}${bare}`
  const named = nameOf(kind)
  const alias = !isAlias ? undefined : named.isPattern ? "whole" : Buffer.byteLength(named.name)
  return { path: templateOf(path), alias, directive }
}

/** Stands before a path whose directory is not known, so that no file is ever found by mistake. */
export const RELATIVE = "./"

function nameOf(kind: Kind): { readonly name: string; readonly isPattern: boolean } {
  if (kind.kind === "location") return kind
  return kind.kind === "server" ? { name: "", isPattern: false } : nameOf(kind.of)
}

function handlerOf(lines: readonly Directive[], kind: Kind, around: Settings | undefined): ContentHandler | undefined {
  const own = lines.findLast((it) => RELAYING.has(it.name) || ANSWERING.has(it.name))
  if (own !== undefined) return { kind: RELAYING.has(own.name) ? "relays" : "empty", directive: own }
  // Only the modules that relay care to go on inside a `limit_except`.
  return kind.kind === "limit_except" && around?.handler?.kind === "relays" ? around.handler : undefined
}

function upstreamOf(lines: readonly Directive[], kind: Kind, around: Settings | undefined): ContentHandler | undefined {
  const own = lines.findLast((it) => RELAYING.has(it.name))
  if (own !== undefined) return { kind: "relays", directive: own }
  return kind.kind === "if" || kind.kind === "limit_except" ? around?.upstream : undefined
}

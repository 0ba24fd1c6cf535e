import type { Source } from "../../../decision/source.ts"
import type { Compat } from "../access/compat.ts"
import type { Directive } from "../language/directive.ts"
import type { Override } from "../language/directives.ts"
import type { Condition, Rewriting } from "../rewrite/rule.ts"
import type { Methods } from "./methods.ts"
import type { Options } from "./options.ts"
import type { Pattern } from "./pattern.ts"
import type { Section, Settings } from "./settings.ts"

type Lists = "conditions" | "environment" | "files" | "outside" | "proxied" | "redirects"
type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] }

/** Settings while their section is read; lists grow in place, as a section may hold thousands of lines. */
export type Draft = Writable<Omit<Settings, Lists | "compat" | "rewriting">> & {
  [K in Lists]?: NonNullable<Settings[K]>[number][]
} & { compat?: Mutable<Compat>; rewriting?: Mutable<Rewriting> }
type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** A list with one more at its end: the same list, where there is one. */
export function grown<T>(list: T[] | undefined, item: T): T[] {
  if (list === undefined) return [item]
  list.push(item)
  return list
}

/** What belongs to a whole server and not to a section. */
export interface ServerDraft {
  name: string | undefined
  readonly aliasNames: string[]
  root: { readonly value: string; readonly source: Source } | undefined
  readonly aliases: Alias[]
  readonly redirects: NonNullable<Settings["redirects"]>[number][]
  readonly proxied: Proxied[]
  readonly environment: NonNullable<Settings["environment"]>[number][]
  readonly directories: Section[]
  readonly locations: Section[]
  readonly proxies: Section[]
  rewriting: Settings["rewriting"]
  accessFiles: readonly string[] | undefined
  mergesSlashes: boolean | undefined
  encodedSlashes: "off" | "on" | "nodecode" | undefined
  tracing: boolean | undefined
  hasTls: boolean | undefined
  userDirectories: Source | undefined
  readonly remote: RemoteAddress
}

export interface Alias {
  readonly from: string | Pattern
  readonly to: string
  readonly isScript: boolean
  readonly source: Source
}

export interface Proxied {
  readonly from: string | Pattern
  /** `!` for what is not passed on. */
  readonly to: string
  readonly source: Source
}

/** mod_remoteip: which field tells the client's address, and which peers may tell it. */
export interface RemoteAddress {
  header: string | undefined
  readonly trusted: { readonly network: string; readonly isInternal: boolean }[]
}

/** Where a directive stands, as far as it matters for what it does. */
export interface Context {
  readonly settings: Draft
  readonly server: ServerDraft
  /** Of the section: its directory, location or file name; undefined for the server itself. */
  readonly path: string | undefined
  /** `htaccess`: in a file of the document tree. */
  readonly kind: "server" | "directory" | "location" | "files" | "if" | "proxy" | "htaccess"
  readonly methods: Methods
  readonly serverRoot: string
  /** Conditions before the next rule. */
  readonly conditions: Condition[]
  /** Modules loaded, where that is known; undefined where they are only taken to be. */
  readonly modules: ReadonlySet<string> | undefined
  /** In `.htaccess`: what may be said there. */
  readonly allowed?: Allowed
}

export interface Allowed {
  readonly classes: ReadonlySet<Override>
  readonly list: ReadonlySet<string>
  readonly options: Options | "all"
  readonly skips: { readonly disallowed: boolean; readonly unknown: boolean }
}

/** Applies one directive; text where httpd would not take it. */
export type Handler = (directive: Directive, context: Context) => string | undefined
export type Handlers = Readonly<Record<string, Handler>>

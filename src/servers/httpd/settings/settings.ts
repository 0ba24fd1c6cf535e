import type { Source } from "../../../decision/source.ts"
import type { Authorization } from "../access/authorization.ts"
import type { Compat } from "../access/compat.ts"
import type { Directive } from "../language/directive.ts"
import type { Override } from "../language/directives.ts"
import type { Rewriting } from "../rewrite/rule.ts"
import type { Expression } from "./expression.ts"
import type { Options, OptionsSetting } from "./options.ts"
import type { Pattern } from "./pattern.ts"

/** A value and where it is written. */
export interface Written<T> {
  readonly value: T
  readonly source: Source
}

/** Which directives of `.htaccess` are read. */
export interface OverrideSetting {
  readonly classes: ReadonlySet<Override>
  readonly options: Options | "all"
  /** What a directive or a name that is not allowed does: `AllowOverride Nonfatal=` passes over it. */
  readonly skips: { readonly disallowed: boolean; readonly unknown: boolean }
  readonly source: Source
}

export interface Authentication {
  readonly type?: Written<string>
  readonly name?: Written<string>
  readonly providers?: Written<readonly string[]>
  readonly userFile?: Written<string>
  readonly isAuthoritative?: boolean
}

/** `Redirect` and its kin. Without a target it answers with the status alone. */
export interface Redirect {
  readonly source: Source
  /** Undefined where the section itself says which requests. */
  readonly from: string | Pattern | undefined
  readonly to: string | undefined
  readonly status: number
}

export interface ErrorDocument {
  readonly kind: "text" | "url" | "path" | "default"
  readonly value: string
  readonly source: Source
}

/** `SetEnvIf` and `BrowserMatch`: what is set when something of the request matches. */
export interface EnvironmentRule {
  readonly attribute: string
  readonly pattern: Pattern
  readonly sets: readonly { readonly name: string; readonly value: string | undefined }[]
  readonly source: Source
}

/** Something in force that is not judged here. */
export interface Outside {
  /** The directive's name in lower case. */
  readonly key: string
  readonly what: string
  readonly source: Source
}

/**
 * What one section says, or several merged: the state httpd's modules keep per directory. A group that is absent was not
 * touched, and what was before stays.
 */
export interface Settings {
  readonly options?: OptionsSetting
  readonly override?: OverrideSetting
  /** Directives `.htaccess` may use whatever their class, in lower case. */
  readonly overrideList?: ReadonlySet<string>
  readonly authorization?: Authorization
  readonly authentication?: Authentication
  readonly compat?: Compat
  readonly index?: Written<readonly string[]>
  readonly slash?: Written<boolean>
  readonly rewriting?: Rewriting
  readonly redirects?: readonly Redirect[]
  /** Of a `Redirect` without a path. */
  readonly redirect?: Redirect
  readonly errors?: ReadonlyMap<number, ErrorDocument>
  readonly bodyLimit?: Written<number>
  readonly handler?: Written<string>
  /** By extension without its dot, in lower case; null takes one away. */
  readonly handlers?: ReadonlyMap<string, Written<string> | null>
  readonly pathInfo?: Written<boolean>
  readonly environment?: readonly EnvironmentRule[]
  readonly sslRequired?: Written<true>
  readonly proxied?: readonly Written<string>[]
  readonly outside?: readonly Outside[]
  readonly files?: readonly Section[]
  readonly conditions?: readonly Section[]
}

/** Which requests a section is for. */
export type Scope =
  | { readonly kind: "server" }
  | { readonly kind: "htaccess"; readonly directory: string }
  | { readonly kind: "directory"; readonly path: string; readonly isWildcard: boolean; readonly components: number }
  | { readonly kind: "location"; readonly path: string; readonly isWildcard: boolean }
  | { readonly kind: "files"; readonly name: string; readonly isWildcard: boolean }
  | { readonly kind: "pattern"; readonly of: "directory" | "location" | "files"; readonly pattern: Pattern }
  | { readonly kind: "if"; readonly expression: Expression; readonly isElse: boolean }
  | { readonly kind: "else" }

export interface Section {
  readonly scope: Scope
  readonly settings: Settings
  /** Of the line that opens it. */
  readonly source: Source
  /** As people call it: `<Directory "/srv/www">`. */
  readonly title: string
  /** The section as it is written; undefined for `.htaccess`, which is all of a file. */
  readonly directive: Directive | undefined
  /** What stands in it. */
  readonly lines: readonly Directive[]
}

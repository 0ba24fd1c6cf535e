import type { Source } from "../../../decision/source.ts"
import type { Expression } from "../settings/expression.ts"
import type { Pattern } from "../settings/pattern.ts"

/** One `RewriteCond`. */
export interface Condition {
  /** As written, still with its variables. */
  readonly input: string
  readonly test:
    | { readonly kind: "pattern"; readonly pattern: Pattern }
    | { readonly kind: "file" | "directory" | "link" | "size" | "executable" }
    | { readonly kind: "text"; readonly operator: "<" | "<=" | "=" | ">=" | ">"; readonly value: string }
    | { readonly kind: "number"; readonly operator: "lt" | "le" | "eq" | "ge" | "gt"; readonly value: string }
    | { readonly kind: "expression"; readonly expression: Expression }
    | { readonly kind: "outside" }
  readonly isNegated: boolean
  readonly isCaseless: boolean
  /** Joined to the next by OR. */
  readonly isAlternative: boolean
  readonly source: Source
  readonly written: string
}

/** One `RewriteRule` with the conditions before it. */
export interface Rule {
  readonly pattern: Pattern
  readonly isNegated: boolean
  /** Undefined for `-`. */
  readonly to: string | undefined
  readonly conditions: readonly Condition[]
  readonly flags: Flags
  readonly source: Source
  readonly written: string
}

export interface Flags {
  /** `F`, `G`, or `R` with a status that is no redirect: answered at once. */
  readonly status?: number
  /** `R`: its status, of a redirect or not; such rules are passed over in subrequests. */
  readonly redirect?: number
  readonly isLast: boolean
  readonly isEnd: boolean
  readonly isChained: boolean
  readonly isPassedThrough: boolean
  readonly isProxied: boolean
  readonly isAgain: boolean
  readonly isUnescaped: boolean
  readonly isNotForSubrequests: boolean
  readonly appendsQuery: boolean
  readonly discardsQuery: boolean
  readonly discardsPathInfo: boolean
  readonly allowsQuestionMark: boolean
  readonly skips: number
  readonly sets: readonly { readonly name: string; readonly value: string | undefined }[]
  readonly handler?: string
  /** A flag that is not judged here. */
  readonly outside?: string
}

/** What mod_rewrite keeps per section. */
export interface Rewriting {
  readonly isOn?: { readonly value: boolean; readonly source: Source }
  readonly base?: string
  /** Of the section, with a slash at its end; undefined for the server's own. */
  readonly directory: string | undefined
  readonly rules: readonly Rule[]
  readonly options?: ReadonlySet<string>
}

/** modules/mappers/mod_rewrite.c `config_perdir_merge` */
export function mergeRewriting(before: Rewriting | undefined, after: Rewriting | undefined): Rewriting | undefined {
  if (before === undefined || after === undefined) return after ?? before
  const options = after.options ?? before.options
  const isOn = after.isOn ?? before.isOn
  const base = options?.has("mergebase") ? (after.base ?? before.base) : after.base
  return {
    directory: after.directory,
    rules: inherited(before, after, options),
    ...(isOn === undefined ? {} : { isOn }),
    ...(base === undefined ? {} : { base }),
    ...(options === undefined ? {} : { options }),
  }
}

function inherited(before: Rewriting, after: Rewriting, options: ReadonlySet<string> | undefined): readonly Rule[] {
  const isRefused = options?.has("ignoreinherit") === true
  if (options?.has("inherit") || (before.options?.has("inheritdown") && !isRefused))
    return [...after.rules, ...before.rules]
  if (options?.has("inheritbefore") || (before.options?.has("inheritdownbefore") && !isRefused))
    return [...before.rules, ...after.rules]
  return after.rules
}

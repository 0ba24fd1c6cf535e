import { type Directive, sourceOf, titleOf } from "../language/directive.ts"
import { isModule, type Known, known } from "../language/directives.ts"
import { cleanPath } from "../language/path-text.ts"
import { hasWildcard } from "../language/wildcard.ts"
import { REWRITE_DIRECTIVES } from "../rewrite/rewrite-directives.ts"
import { ACCESS_DIRECTIVES } from "./access-directives.ts"
import { CORE_DIRECTIVES } from "./core-directives.ts"
import { type Context, type Draft, grown, type Handlers } from "./draft.ts"
import { ENVIRONMENT_DIRECTIVES } from "./environment-directives.ts"
import { readExpression } from "./expression.ts"
import { MAPPING_DIRECTIVES } from "./mapping-directives.ts"
import { limited } from "./methods.ts"
import { patternOf } from "./pattern.ts"
import type { Scope, Section } from "./settings.ts"

const HANDLERS: Handlers = {
  ...CORE_DIRECTIVES,
  ...ACCESS_DIRECTIVES,
  ...ENVIRONMENT_DIRECTIVES,
  ...MAPPING_DIRECTIVES,
  ...REWRITE_DIRECTIVES,
}

/** Told what httpd does not take, and where. True goes on; false stops, as httpd does in `.htaccess`. */
export type Complaint = (message: string, directive: Directive) => boolean

/** Acts on directives one after the other; false where a complaint stopped it. */
export function compile(directives: readonly Directive[], context: Context, complain: Complaint): boolean {
  for (const directive of directives) {
    const fault = one(directive, context, complain)
    if (fault === STOPPED) return false
    if (fault !== undefined && !complain(fault, directive)) return false
  }
  return true
}

/** Somewhere inside a section a complaint was made already. */
const STOPPED = Symbol("stopped")

function one(directive: Directive, context: Context, complain: Complaint): string | typeof STOPPED | undefined {
  const it = known(directive.key)
  if (it === undefined) return unknown(directive, context)
  if (isMissing(it, context)) return invalid(directive, context)
  const refused = notAllowed(directive, it, context)
  if (refused === "") touch(it, directive, context)
  if (refused !== undefined) return refused === "" ? undefined : refused
  if (directive.isSection && !(directive.key in HANDLERS)) return section(directive, context, complain)
  if (it.effect === "outside" && !isSwitchedOff(directive)) outside(directive, context)
  return HANDLERS[directive.key]?.(directive, context)
}

const isMissing = ({ module }: Known, { modules }: Context): boolean =>
  modules !== undefined && !modules.has(module) && !/^(event|core|http_core)$/.test(module)

const invalid = ({ isSection, name }: Directive, { allowed }: Context): string | undefined =>
  allowed?.skips.unknown === true
    ? undefined
    : `Invalid command '${isSection ? "<" : ""}${name}', perhaps misspelled or defined by a module not included in the server configuration`

/** Of a module that is no part of httpd; of none at all where only modules of httpd are loaded. */
function unknown(directive: Directive, context: Context): string | undefined {
  if (context.modules !== undefined && [...context.modules].every(isModule)) return invalid(directive, context)
  if (context.allowed?.skips.unknown === true || HARMLESS.test(directive.name)) return undefined
  if (directive.key === "secruleengine" && /^(off|detectiononly)$/i.test(directive.words[0]?.text ?? ""))
    return undefined
  if (directive.key.startsWith("sec") && directive.key !== "secruleengine") return undefined
  outside(directive, context)
  return undefined
}

/** Directives of common modules that change no status that is judged here. */
const HARMLESS = /^(php_(admin_)?(value|flag)|php_ini.*|phpinidir|modsecurity|pagespeed.*|brotli.*|evasive.*|dos.*)$/i

function outside(directive: Directive, { settings }: Context): void {
  settings.outside = grown(settings.outside, {
    key: directive.key,
    what: titleOf(directive),
    source: sourceOf(directive),
  })
}

const isSwitchedOff = ({ words }: Directive): boolean =>
  words.length === 1 && /^(off|none|disabled|0)$/i.test(words[0]?.text ?? "")

/** Why a directive may not stand in this `.htaccess`; empty where it is passed over silently. */
function notAllowed(directive: Directive, it: Known, { allowed, kind }: Context): string | undefined {
  if (kind !== "htaccess" && allowed === undefined) return undefined
  if (allowed === undefined) return undefined
  if (allowed.list.has(directive.key) || allowed.list.has(`<${directive.key}`)) return undefined
  if (it.overrides.some((name) => allowed.classes.has(name))) return undefined
  return allowed.skips.disallowed ? "" : `${directive.isSection ? "<" : ""}${directive.name} not allowed here`
}

/** A line that is passed over still makes its module begin anew, which puts out of force what it keeps without merging. */
function touch({ module }: Known, directive: Directive, { path = "/", settings }: Context): void {
  if (module === "rewrite") settings.rewriting = settings.rewriting ?? { directory: path, rules: [] }
  if (module === "access_compat")
    settings.compat = settings.compat ?? { orders: [], satisfies: [], allows: [], denies: [], directive }
}

function section(directive: Directive, context: Context, complain: Complaint): string | typeof STOPPED | undefined {
  const { key } = directive
  if (key === "limit" || key === "limitexcept") {
    const names = directive.words.map((it) => it.text)
    if (names.length === 0) return `<${directive.name}> directive requires additional arguments`
    const methods = limited(context.methods, key === "limitexcept", names)
    return compile(directive.children, { ...context, methods }, complain) ? undefined : STOPPED
  }
  const scope = scopeOf(directive, context)
  if (typeof scope === "string") return scope
  const settings: Draft = {}
  const inner: Context = { ...context, settings, path: pathOf(scope, directive), kind: kindOf(scope, context) }
  if (!compile(directive.children, inner, complain)) return STOPPED
  const made = { scope, settings, source: sourceOf(directive), title: titleOf(directive) }
  place({ ...made, directive, lines: directive.children }, context)
  return undefined
}

function place(made: Section, { server, settings }: Context): void {
  const { scope } = made
  switch (scope.kind) {
    case "files":
      settings.files = grown(settings.files, made)
      return
    case "if":
    case "else":
      settings.conditions = grown(settings.conditions, made)
      return
    case "directory":
      server.directories.push(made)
      return
    case "location":
      server.locations.push(made)
      return
    case "pattern":
      if (scope.of === "files") settings.files = grown(settings.files, made)
      else server[scope.of === "directory" ? "directories" : "locations"].push(made)
      return
    case "server":
      server.proxies.push(made)
      return
    case "htaccess":
      return
  }
}

/** What a section is for; text where httpd does not take it here. */
function scopeOf(directive: Directive, { kind, settings }: Context): Scope | string {
  const [first, second] = directive.words
  const isTilde = first?.text === "~"
  const named = (isTilde ? second?.text : first?.text) ?? ""
  const isInside = kind !== "server"
  switch (directive.key) {
    case "directory":
    case "directorymatch": {
      if (isInside) return `<${directive.name}> not allowed here`
      if (isTilde || directive.key === "directorymatch")
        return { kind: "pattern", of: "directory", pattern: patternOf(named) }
      const path = named === "/" ? "/" : `${cleanPath(named).replace(/\/$/, "")}/`
      const components = path === "/" ? 0 : path.split("/").length - 1
      return { kind: "directory", path, isWildcard: hasWildcard(path), components }
    }
    case "location":
    case "locationmatch":
      if (isInside) return `<${directive.name}> not allowed here`
      if (isTilde || directive.key === "locationmatch")
        return { kind: "pattern", of: "location", pattern: patternOf(named) }
      return { kind: "location", path: named, isWildcard: hasWildcard(named) }
    case "files":
    case "filesmatch":
      if (isTilde || directive.key === "filesmatch") return { kind: "pattern", of: "files", pattern: patternOf(named) }
      return { kind: "files", name: named, isWildcard: hasWildcard(named) }
    case "if":
    case "elseif":
      if (directive.key === "elseif" && !followsIf(settings)) return "<ElseIf> section without previous <If>"
      return { kind: "if", expression: readExpression(expressionIn(directive)), isElse: directive.key === "elseif" }
    case "else":
      return followsIf(settings) ? { kind: "else" } : "<Else> section without previous <If>"
    case "proxy":
    case "proxymatch":
      return { kind: "server" }
    default:
      return `<${directive.name}> is not read here`
  }
}

const followsIf = ({ conditions }: Draft): boolean => conditions?.at(-1)?.scope.kind === "if"

/** An expression may stand in quotation marks, of which those inside are written with a backslash. */
function expressionIn({ words, rest }: Directive): string {
  const [only, ...others] = words
  return only !== undefined && others.length === 0 && /^["']/.test(only.written) ? only.text : rest
}

function pathOf(scope: Scope, directive: Directive): string {
  if (scope.kind === "directory" || scope.kind === "location") return scope.path
  if (scope.kind === "pattern") return scope.pattern.written
  return scope.kind === "files" ? scope.name : directive.rest
}

function kindOf(scope: Scope, { kind }: Context): Context["kind"] {
  if (scope.kind === "pattern") return scope.of
  if (scope.kind === "if" || scope.kind === "else") return "if"
  if (scope.kind === "server") return "proxy"
  return scope.kind === "htaccess" ? kind : scope.kind
}

import type { Authorization, Group, Requirement } from "../access/authorization.ts"
import { type Order, readEntry } from "../access/compat.ts"
import { listed, readProvider } from "../access/provider.ts"
import type { Directive } from "../language/directive.ts"
import type { Context, Handler, Handlers } from "./draft.ts"

type Mutable = Omit<Group, "children" | "op" | "isNegated"> & {
  op: Group["op"]
  isNegated: boolean
  children: (Requirement | Group)[]
}

/** Puts one line into the list it stands in, or says why httpd does not take it there. */
function require(directive: Directive, context: Context, into: Mutable): string | undefined {
  const texts = directive.words.map((it) => it.text)
  const isNegated = texts[0]?.toLowerCase() === "not"
  const words = isNegated ? texts.slice(1) : texts
  const rest = directive.rest.replace(isNegated ? /^\s*not\s+\S+\s*/i : /^\s*\S+\s*/, "")
  const provider = readProvider(words[0]?.toLowerCase() === "ip" ? ["ip", ...listed(words.slice(1))] : words, rest)
  if (typeof provider === "string") return provider
  if (isNegated && into.op === "any") return "negative Require directive has no effect in <RequireAny> directive"
  into.children.push({ kind: "requirement", isNegated, methods: context.methods, provider, directive })
  return undefined
}

const GROUPS: Readonly<Record<string, { readonly op: Group["op"]; readonly isNegated: boolean }>> = {
  requireall: { op: "all", isNegated: false },
  requireany: { op: "any", isNegated: false },
  requirenone: { op: "any", isNegated: true },
}

function group(directive: Directive, context: Context, into: Mutable): string | undefined {
  const made = GROUPS[directive.key]
  if (made === undefined) return undefined
  const inner: Mutable = { kind: "group", ...made, children: [] }
  for (const it of directive.children) {
    const fault = it.key === "require" ? require(it, context, inner) : groupOrFault(it, context, inner)
    if (fault !== undefined) return fault
  }
  if (inner.children.length === 0) return `<${directive.name}> directive contains no authorization directives`
  if (inner.isNegated && into.op === "any")
    return `<${directive.name}> directive has no effect in <RequireAny> directive`
  if (!inner.isNegated && inner.op === into.op) for (const it of inner.children) into.children.push(it)
  else into.children.push(inner)
  return undefined
}

const groupOrFault = (directive: Directive, context: Context, into: Mutable): string | undefined =>
  directive.key in GROUPS ? group(directive, context, into) : `${directive.name} not allowed in <RequireAll> context`

/** Of each section, the list that still grows. */
const growing = new WeakMap<Context["settings"], Mutable>()

/** Adds to the list a section has of its own, of which one line must be met. */
const adding =
  (add: (directive: Directive, context: Context, into: Mutable) => string | undefined): Handler =>
  (directive, context) => {
    const { settings } = context
    const root = growing.get(settings) ?? { kind: "group", op: "any", isNegated: false, children: [] }
    const fault = add(directive, context, root)
    if (fault !== undefined || root.children.length === 0) return fault
    growing.set(settings, root)
    if (settings.authorization?.root !== root) settings.authorization = { ...settings.authorization, root }
    return undefined
  }

const merging: Handler = (directive, { settings }) => {
  const said = directive.words[0]?.text.toLowerCase()
  if (said !== "off" && said !== "and" && said !== "or") return "AuthMerging must be one of: Off | And | Or"
  settings.authorization = { ...settings.authorization, merging: said }
  return undefined
}

const forbids: Handler = (directive, { settings }) => {
  const forbidsOnFailure = directive.words[0]?.text.toLowerCase() === "on"
  settings.authorization = { ...settings.authorization, forbidsOnFailure } satisfies Authorization
  return undefined
}

function compatOf({ settings }: Context, directive: Directive) {
  const compat = settings.compat ?? { orders: [], satisfies: [], allows: [], denies: [], directive }
  settings.compat = compat
  return compat
}

const order: Handler = (directive, context) => {
  const said = directive.words[0]?.text.toLowerCase()
  if (!isOrder(said)) return "unknown order"
  compatOf(context, directive).orders.push({ value: said, methods: context.methods, directive })
  return undefined
}

const isOrder = (said: string | undefined): said is Order =>
  said === "allow,deny" || said === "deny,allow" || said === "mutual-failure"

const satisfy: Handler = (directive, context) => {
  const said = directive.words[0]?.text.toLowerCase()
  if (said !== "any" && said !== "all") return "Satisfy either 'any' or 'all'."
  compatOf(context, directive).satisfies.push({ value: said, methods: context.methods, directive })
  return undefined
}

const entries =
  (list: "allows" | "denies"): Handler =>
  (directive, context) => {
    const [from, ...words] = directive.words
    if (from?.text.toLowerCase() !== "from") return "allow and deny must be followed by 'from'"
    if (words.length === 0)
      return `${directive.name} requires at least two arguments, 'from' followed by hostnames or IP-address wildcards`
    const listed = compatOf(context, directive)[list]
    for (const word of words) {
      const read = readEntry(word.text)
      if (typeof read === "string") return read
      listed.push({ from: read, methods: context.methods, directive })
    }
    return undefined
  }

export const ACCESS_DIRECTIVES: Handlers = {
  require: adding(require),
  requireall: adding(group),
  requireany: adding(group),
  requirenone: adding(group),
  authmerging: merging,
  authzsendforbiddenonfailure: forbids,
  order,
  satisfy,
  allow: entries("allows"),
  deny: entries("denies"),
}

/** What httpd does not start with: a list that only says who is kept out (`authz_core_check_section`). */
export function onlyExcludes(root: Group): boolean {
  const hasPositive = root.children.some((it) => !it.isNegated)
  return !hasPositive || root.children.some((it) => it.kind === "group" && onlyExcludes(it))
}

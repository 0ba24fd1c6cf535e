import type { Flags } from "./rule.ts"

/** Reads `[NC,OR]` of a condition. */
export function readConditionFlags(text: string | undefined): {
  readonly isCaseless: boolean
  readonly isAlternative: boolean
  readonly fault?: string
} {
  const names = flagsIn(text)
  if (names === undefined) return { isCaseless: false, isAlternative: false, fault: `bad flag delimiters` }
  const unknown = names.find(({ name }) => !["nc", "nocase", "or", "ornext", "nv", "novary"].includes(name))
  const has = (...wanted: readonly string[]): boolean => names.some(({ name }) => wanted.includes(name))
  return {
    isCaseless: has("nc", "nocase"),
    isAlternative: has("or", "ornext"),
    ...(unknown === undefined ? {} : { fault: `unknown flag '${unknown.name}'` }),
  }
}

interface Flag {
  readonly name: string
  readonly value: string
}

const MOST_FLAGS = 64

function flagsIn(text: string | undefined): readonly Flag[] | undefined {
  if (text === undefined) return []
  if (!text.startsWith("[") || !text.endsWith("]")) return undefined
  return text
    .slice(1, -1)
    .split(",", MOST_FLAGS)
    .map((it) => {
      const [name = "", ...value] = it.trim().split("=")
      return { name: name.toLowerCase(), value: value.join("=") }
    })
}

type Draft = { -readonly [K in keyof Flags]: Flags[K] } & { sets: { name: string; value: string | undefined }[] }

const NONE: Flags = {
  isLast: false,
  isEnd: false,
  isChained: false,
  isPassedThrough: false,
  isProxied: false,
  isAgain: false,
  isUnescaped: false,
  isNotForSubrequests: false,
  appendsQuery: false,
  discardsQuery: false,
  discardsPathInfo: false,
  allowsQuestionMark: false,
  skips: 0,
  sets: [],
}

/** Reads `[R=301,L]` of a rule; text for what httpd does not take (modules/mappers/mod_rewrite.c `cmd_rewriterule_setflag`). */
export function readRuleFlags(
  text: string | undefined,
): { readonly flags: Flags; readonly isCaseless: boolean } | string {
  const names = flagsIn(text)
  if (names === undefined) return "bad flag delimiters"
  const flags: Draft = { ...NONE, sets: [] }
  let isCaseless = false
  for (const { name, value } of names) {
    if (name === "nc" || name === "nocase") isCaseless = true
    else {
      const fault = apply(flags, name, value)
      if (fault !== undefined) return fault
    }
  }
  return { flags, isCaseless }
}

const STATUSES: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303, "": 302 }

function apply(flags: Draft, name: string, value: string): string | undefined {
  switch (name) {
    case "f":
    case "forbidden":
      flags.status = 403
      return undefined
    case "g":
    case "gone":
      flags.status = 410
      return undefined
    case "r":
    case "redirect":
      return redirect(flags, value)
    case "l":
    case "last":
      flags.isLast = true
      return undefined
    case "end":
      flags.isEnd = true
      return undefined
    case "c":
    case "chain":
      flags.isChained = true
      return undefined
    case "pt":
    case "passthrough":
      flags.isPassedThrough = true
      return undefined
    case "p":
    case "proxy":
      flags.isProxied = true
      return undefined
    case "n":
    case "next":
      flags.isAgain = true
      return undefined
    case "ne":
    case "noescape":
      flags.isUnescaped = true
      return undefined
    case "ns":
    case "nosubreq":
      flags.isNotForSubrequests = true
      return undefined
    case "qsa":
    case "qsappend":
      flags.appendsQuery = true
      return undefined
    case "qsd":
    case "qsdiscard":
      flags.discardsQuery = true
      return undefined
    case "dpi":
    case "discardpath":
      flags.discardsPathInfo = true
      return undefined
    case "unsafeallow3f":
      flags.allowsQuestionMark = true
      return undefined
    case "s":
    case "skip":
      flags.skips = /^\d{1,6}$/.test(value) ? Number(value) : 0
      return undefined
    case "e":
    case "env":
      flags.sets.push(variable(value))
      return undefined
    case "h":
    case "handler":
      flags.handler = value
      return undefined
    case "t":
    case "type":
    case "co":
    case "cookie":
      return undefined
    case "b":
    case "bnp":
    case "bne":
    case "bctls":
    case "backrefnoplus":
    case "backrefescape":
    case "qsl":
    case "qslast":
    case "unsafeprefixstat":
    case "unc":
      flags.outside = name
      return undefined
    default:
      return `unknown flag '${name}'`
  }
}

function redirect(flags: Draft, value: string): string | undefined {
  const status = STATUSES[value.toLowerCase()] ?? (/^\d{3}$/.test(value) ? Number(value) : undefined)
  if (status === undefined) return `invalid HTTP response code '${value}' for flag 'R'`
  flags.redirect = status
  if (status < 300 || status >= 400) flags.status = status
  return undefined
}

function variable(text: string): { readonly name: string; readonly value: string | undefined } {
  if (text.startsWith("!")) return { name: text.slice(1), value: undefined }
  const at = text.indexOf(":")
  return at === -1 ? { name: text, value: "" } : { name: text.slice(0, at), value: text.slice(at + 1) }
}

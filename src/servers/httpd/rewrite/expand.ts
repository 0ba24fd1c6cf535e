import { UNKNOWN, type Unknown } from "../../../decision/value.ts"
import { variableOf } from "../request/asked.ts"
import type { Exchange } from "../request/exchange.ts"
import type { Running } from "../request/running.ts"

/** What patterns have caught so far: `$1` of the rule, `%1` of the last condition that matched. */
export interface Caught {
  rule: readonly string[]
  condition: readonly string[]
}

const LONGEST = 65_536

/** A text of a rule with its references filled in (mod_rewrite `do_expand`). `isUnsafe`: a `?` came from outside the rule. */
export function expand(
  text: string,
  exchange: Exchange,
  running: Running,
  caught: Caught,
): { readonly text: string; readonly isUnsafe: boolean } | Unknown {
  let out = ""
  let isUnsafe = false
  let hasOwnMark = false
  for (let at = 0; at < text.length; ) {
    const read = partAt(text, at, exchange, running, caught)
    if (read === UNKNOWN) return UNKNOWN
    // Only the first question mark splits off a query, so only it matters whose it is.
    if (read.said.includes("?") && !hasOwnMark && !isUnsafe) {
      if (read.isExpanded) isUnsafe = true
      else hasOwnMark = true
    }
    out += read.said
    if (out.length > LONGEST) return UNKNOWN
    at = read.next
  }
  return { text: out, isUnsafe }
}

interface Part {
  readonly said: string
  readonly next: number
  readonly isExpanded: boolean
}

function partAt(text: string, at: number, exchange: Exchange, running: Running, caught: Caught): Part | Unknown {
  const char = text[at] ?? ""
  const after = text[at + 1] ?? ""
  const plain = (said: string, length: number): Part => ({ said, next: at + length, isExpanded: false })
  if (char === "\\" && after !== "") return plain(after, 2)
  if (char !== "$" && char !== "%") return plain(char, 1)
  if (after === "{") {
    const end = text.indexOf("}", at + 2)
    if (end === -1) return plain(text.slice(at, at + 2), 2)
    // A map of the server, or a variable inside another.
    if (char === "$" || text.slice(at + 2, end).includes("{")) return UNKNOWN
    const value = variable(text.slice(at + 2, end), exchange, running)
    return value === UNKNOWN ? UNKNOWN : { said: value, next: end + 1, isExpanded: true }
  }
  if (after >= "0" && after <= "9") {
    const groups = char === "$" ? caught.rule : caught.condition
    return { said: groups[Number(after)] ?? "", next: at + 2, isExpanded: true }
  }
  return plain(char, 1)
}

function variable(name: string, exchange: Exchange, running: Running): string | Unknown {
  const at = name.indexOf(":")
  const kind = at === -1 ? "" : name.slice(0, at).toUpperCase()
  if (kind === "ENV") return running.environment.get(name.slice(at + 1)) ?? ""
  if (kind === "HTTP") return exchange.headers.get(name.slice(at + 1).toLowerCase()) ?? ""
  return at === -1 ? variableOf(exchange, running, name.toUpperCase()) : UNKNOWN
}

import type { Engine } from "./message.ts"
import type { Place } from "./place.ts"

/** Characters that mean themselves inside `"@streq …"` for every engine and for httpd; `%` does where no brace follows. */
const LITERAL = /^[A-Za-z0-9/._~!&()*+,;=:@%-]+$/

/** An operator that matches this text and no other: quoted as it is, or byte by byte where something in it has a meaning. */
function exactly(text: string, engine: Engine): string {
  // Go's expressions know characters where the others know bytes, so letters beyond ASCII have to stand as they are.
  if (LITERAL.test(text) || (engine === "coraza" && BEYOND.test(text))) return `@streq ${text}`
  const bytes = [...Buffer.from(text, "utf8")]
  return `@rx ^${bytes.map((it) => (isLetter(it) ? String.fromCharCode(it) : `\\x${it.toString(16).padStart(2, "0")}`)).join("")}$`
}

const BEYOND = /^[A-Za-z0-9/._~!&()*+,;=:@%\u00a1-\uffff-]+$/

/** REQUEST_FILENAME is the path as sent in ModSecurity 2, and decoded in 3 and Coraza. */
function pathAs(path: string, engine: Engine): string {
  if (engine === "modsecurity-2") return path
  try {
    return decodeURIComponent(path)
  } catch {
    // Not UTF-8 once decoded: it cannot be written so, and at worst matches nothing.
    return path
  }
}

const isLetter = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x2f

/** `ctl:'…'` where the value has a space or such, which only ModSecurity 2 reads. */
export function control(name: string, value: string, engine: Engine): string {
  const isBare = /^[0-9A-Za-z_/.\-*:;[\]]+$/.test(value)
  // httpd reads the whole list of actions as one quoted word.
  return isBare || engine !== "modsecurity-2" ? `ctl:${name}=${value}` : `ctl:'${name}=${value}'`
}

/**
 * A rule that runs actions for one place and does nothing else, in phase 1 as rules of phase 1 must find it done.
 *
 * The actions stand on the last rule of the chain: ModSecurity runs those of an earlier one whether or not the rest matches.
 */
export function conditionally(id: number, { path, method }: Place, engine: Engine, actions: readonly string[]): string {
  const conditions = [
    ...(method === undefined ? [] : [{ variable: "REQUEST_METHOD", operator: exactly(method, engine) }]),
    ...(path === undefined ? [] : [{ variable: "REQUEST_FILENAME", operator: exactly(pathAs(path, engine), engine) }]),
  ]
  const head = [`id:${id}`, "phase:1", "pass", "nolog", "t:none"]
  const [first, second] = conditions
  if (first === undefined) return directive("", "SecAction", undefined, [...head, ...actions])
  if (second === undefined) return directive("", "SecRule", first, [...head, ...actions])
  const chained = directive("    ", "SecRule", second, ["t:none", ...actions])
  return `${directive("", "SecRule", first, [...head, "chain"])}\n${chained}`
}

function directive(
  indent: string,
  name: string,
  condition: { readonly variable: string; readonly operator: string } | undefined,
  actions: readonly string[],
): string {
  const when = condition === undefined ? "" : ` ${condition.variable} "${condition.operator}"`
  return `${indent}${name}${when} \\\n${indent}    "${actions.join(`,\\\n${indent}    `)}"`
}

import type { Pattern } from "../settings/pattern.ts"

/** How much of a path an alias takes; 0 for none. Any number of slashes counts as one (mod_alias `alias_matches`). */
function aliasLength(uri: string, alias: string): number {
  let at = 0
  let inAlias = 0
  while (inAlias < alias.length) {
    if (alias[inAlias] === "/") {
      if (uri[at] !== "/") return 0
      while (alias[inAlias] === "/") inAlias++
      while (uri[at] === "/") at++
    } else if (uri[at++] !== alias[inAlias++]) return 0
  }
  if (!alias.endsWith("/") && at < uri.length && uri[at] !== "/") return 0
  return at
}

/** A pattern's target with `$1` and `&` filled in (server/util.c `ap_pregsub`). */
export function substitute(target: string, caught: readonly string[]): string {
  let out = ""
  for (let at = 0; at < target.length; at++) {
    const char = target[at] ?? ""
    const after = target[at + 1] ?? ""
    if (char === "&") out += caught[0] ?? ""
    else if (char === "$" && after >= "0" && after <= "9") {
      out += caught[Number(after)] ?? ""
      at++
    } else if (char === "\\" && (after === "$" || after === "&")) {
      out += after
      at++
    } else out += char
  }
  return out
}

/** What an entry for a prefix or a pattern makes of a path; undefined where it is not for it. */
export function mapped(uri: string, from: string | Pattern, to: string): string | undefined | "unknown" {
  if (typeof from === "string") {
    const length = aliasLength(uri, from)
    return length === 0 ? undefined : to + uri.slice(length)
  }
  const found = from.match(uri)
  return found === "unknown" || found === undefined ? found : substitute(to, found)
}

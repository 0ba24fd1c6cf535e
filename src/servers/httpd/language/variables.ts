import { type Line, type Replacement, replaceIn } from "./line.ts"

/** Values of `Define` and of the environment httpd was started in. */
export type Variables = ReadonlyMap<string, string>

/** Longest line after replacement; more is cut off by whoever wrote a macro that doubles itself. */
const LONGEST = 65_536

/** A line with `${NAME}` replaced where the name is known (server/core.c `ap_resolve_env`); what is not stays as it is. */
export function resolve(line: Line, variables: Variables, unknown: (name: string) => void): Line {
  const replacements: Replacement[] = []
  let length = line.text.length
  let at = line.text.indexOf("${")
  while (at !== -1) {
    const end = line.text.indexOf("}", at + 2)
    if (end === -1) break
    const name = line.text.slice(at + 2, end)
    const value = variables.get(name)
    length += value?.length ?? 0
    if (length > LONGEST) break
    if (value === undefined) unknown(name)
    else replacements.push({ from: at, to: end + 1, by: value })
    at = line.text.indexOf("${", end + 1)
  }
  return replaceIn(line, replacements)
}

/** Debian's `/etc/apache2/envvars`, which its start script reads. */
export const DEBIAN: Variables = new Map([
  ["APACHE_RUN_USER", "www-data"],
  ["APACHE_RUN_GROUP", "www-data"],
  ["APACHE_RUN_DIR", "/var/run/apache2"],
  ["APACHE_PID_FILE", "/var/run/apache2/apache2.pid"],
  ["APACHE_LOCK_DIR", "/var/lock/apache2"],
  ["APACHE_LOG_DIR", "/var/log/apache2"],
])

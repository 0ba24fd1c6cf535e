import type { EnvironmentRule } from "../settings/settings.ts"
import { substitute } from "./alias.ts"
import type { Exchange } from "./exchange.ts"
import { type Halt, unknown } from "./halt.ts"
import type { Running } from "./running.ts"

/** `SetEnvIf` and its kin in order (mod_setenvif `match_headers`). `uri` is encoded still where the server's own rules act. */
export function setEnvironment(
  exchange: Exchange,
  running: Running,
  rules: readonly EnvironmentRule[],
  uri: string,
): Halt | undefined {
  for (const rule of rules) {
    const value = attributeOf(exchange, running, rule.attribute, uri)
    const found = value === undefined ? "unknown" : rule.pattern.match(value)
    if (found === "unknown")
      return unknown(`whether ${rule.attribute} matches`, "a variable depends on it", rule.source)
    if (found === undefined) continue
    for (const { name, value: set } of rule.sets) {
      if (set === undefined) running.environment.delete(name)
      else running.environment.set(name, substitute(set, found))
    }
  }
  return undefined
}

function attributeOf(exchange: Exchange, running: Running, attribute: string, uri: string): string | undefined {
  switch (attribute.toLowerCase()) {
    case "remote_addr":
      return exchange.client
    case "remote_host":
      return undefined
    case "server_addr":
      return exchange.request.server
    case "request_uri":
      return uri
    case "request_method":
      return running.method
    case "request_protocol":
      return exchange.request.protocol
    default:
      // A pattern for the names of fields.
      if (/[\^$.*+?()[\]{}|\\]/.test(attribute)) return undefined
      return exchange.headers.get(attribute.toLowerCase()) ?? running.environment.get(attribute) ?? ""
  }
}

import type { Need } from "../../judgement.ts"
import type { Directive } from "../syntax/directive.ts"
import { isHarmless } from "./harmless.ts"
import { firstOf } from "./parts.ts"
import { ANSWERING, RELAYING } from "./relaying.ts"
import { ruleOf } from "./rules.ts"

const MODELLED = new Set([
  "allow",
  "deny",
  "index",
  "auth_basic",
  "auth_request",
  "error_page",
  "autoindex",
  "random_index",
  "disable_symlinks",
  "dav_methods",
  "client_max_body_size",
  "set_real_ip_from",
  "real_ip_header",
  "valid_referers",
  "limit_req",
  "limit_conn",
  "limit_req_status",
  "limit_conn_status",
  "limit_except",
  "try_files",
  "set",
  "if",
  "break",
  "return",
  "rewrite",
  ...RELAYING,
  ...ANSWERING,
])

/** What may decide in a block and is not modelled, or was not given. */
export function unmodelledIn({ block, gaps, name }: Directive): readonly Need[] {
  const missing = gaps.map(({ what, at }) => ({ what, why: `what it holds may decide in this \`${name}\``, at }))
  const unknown = (block ?? [])
    .filter((it) => !(MODELLED.has(it.name) || (isHarmless(it.name) && it.name !== "ssl_verify_client")))
    .filter((it) => !isOff(it))
    .map((it) => ({ what: `what \`${it.name}\` decides`, why: "this directive is not modelled", at: it.at }))
  const addresses = (block ?? [])
    .filter((it) => (it.name === "allow" || it.name === "deny") && ruleOf(it) === undefined)
    .map((it) => ({
      what: `\`${it.name} ${firstOf(it)}\` as an address`,
      why: "nginx does not start with it",
      at: it.at,
    }))
  return [...missing, ...unknown, ...addresses]
}

const isOff = ({ name, args }: Directive): boolean =>
  args.length === 1 && (args[0]?.text === "off" || (name === "ssl_verify_client" && args[0]?.text !== "on"))

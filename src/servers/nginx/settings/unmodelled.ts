import type { Directive } from "../syntax/directive.ts"
import { isHarmless } from "./harmless.ts"
import { firstOf } from "./parts.ts"
import { ANSWERING, RELAYING } from "./relaying.ts"
import { ruleOf } from "./rules.ts"
import type { Unmodelled } from "./settings.ts"

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
export function unmodelledIn({ block, gaps, name }: Directive): readonly Unmodelled[] {
  const lines = block ?? []
  const missing = gaps.map(({ what, at }) => ({
    need: { what, why: `what it holds may decide in this \`${name}\``, at },
    isLate: false,
  }))
  const unknown = lines
    .filter((it) => !(MODELLED.has(it.name) || (isHarmless(it.name) && it.name !== "ssl_verify_client")) && !isOff(it))
    .map((it) => ({
      need: { what: `what \`${it.name}\` decides`, why: "this directive is not modelled", at: it.at },
      isLate: LATE.test(it.name),
    }))
  const addresses = lines
    .filter((it) => (it.name === "allow" || it.name === "deny") && ruleOf(it) === undefined)
    .map((it) => ({
      need: { what: `\`${it.name} ${firstOf(it)}\` as an address`, why: "nginx does not start with it", at: it.at },
      isLate: true,
    }))
  return [...missing, ...unknown, ...addresses]
}

/** Known to act behind the rewrite module. Firewalls and modules nobody knows here may act before it. */
const LATE =
  /^(?:access_by_lua|content_by_lua|auth_|js_content$|perl$|echo|image_filter$|flv$|mp4$|dav_ext|fancyindex$)/

const isOff = ({ name, args }: Directive): boolean =>
  args.length === 1 && (args[0]?.text === "off" || (name === "ssl_verify_client" && args[0]?.text !== "on"))

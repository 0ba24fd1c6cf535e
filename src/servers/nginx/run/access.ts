import { check, following, written } from "../../../decision/check.ts"
import { atMost, oneOf } from "../../../decision/relations.ts"
import { nginxAuthRequest403 } from "../../../foreign/nginx/auth-request-403.ts"
import { nginxDenyRule } from "../../../foreign/nginx/deny-rule.ts"
import { nginxLimitExcept } from "../../../foreign/nginx/limit-except.ts"
import { nginxReturn, nginxServerFault, nginxUnauthorized } from "../causes.ts"
import { letIn } from "../relations.ts"
import { methodsExcepted } from "../settings/methods.ts"
import { fits } from "../settings/rules.ts"
import { Unknowable } from "../values/unknowable.ts"
import type { Exchange } from "./exchange.ts"
import { authStatus, clientAddress, requestMethod } from "./facts.ts"
import { testPassword } from "./password.ts"
import type { Ask, Said } from "./said.ts"
import { decideAt, gateAt, type Refused, refuseAt } from "./stop.ts"

/** Addresses, password, sub-request: all must let in, or any (`ngx_http_core_access_phase`). */
export function access(exchange: Exchange, ask: Ask): Refused | undefined {
  if (exchange.main !== undefined) return undefined
  const refused: Extract<Said, { kind: "refused" }>[] = []
  for (const module of [addresses, testPassword, authRequest]) {
    const said = module(exchange, ask)
    if (said.kind === "failed") return said.stop
    if (exchange.settings.satisfiesAny === undefined) {
      if (said.kind !== "refused") continue
      const { status, cause, checks, owner, name, isLogged } = said
      return refuseAt(
        exchange,
        gateAt(owner, name, () => ({ cause, anyOf: checks })),
        status,
        isLogged,
      )
    }
    if (said.kind === "ok") return undefined
    if (said.kind === "refused") refused.push(said)
  }
  return refused.length === 0 ? undefined : refuseAll(exchange, refused)
}

/** `satisfy any`, and none did: 401 goes before 403. */
function refuseAll(exchange: Exchange, refused: readonly Extract<Said, { kind: "refused" }>[]): Refused | undefined {
  const deciding = refused.find((it) => it.status === 401) ?? refused[0]
  if (deciding === undefined) return undefined
  const [first, ...others] = [deciding, ...refused.filter((it) => it !== deciding)].flatMap((it) => it.checks)
  if (first === undefined) return undefined
  const name = refused.map((it) => it.name).join(" and ")
  const gate = gateAt(exchange.settings, `any of ${name}`, () => ({ cause: deciding.cause, anyOf: [first, ...others] }))
  const isLogged = deciding.status === 403 || refused.some((it) => it.isLogged && !it.name.startsWith(ADDRESSES))
  return decideAt(exchange, gate, deciding.status, isLogged)
}

const ADDRESSES = "addresses"

function addresses(exchange: Exchange): Said {
  const { rules } = exchange.settings
  if (rules.length === 0) return { kind: "declined" }
  const address = exchange.client
  if (address === undefined && !exchange.clientText.startsWith("unix:"))
    throw new Unknowable({
      what: "the address of the client",
      why: "`allow` and `deny` depend on it",
      at: rules[0]?.directive.at ?? { file: "", path: "" },
    })
  const rule = rules.find((it) => fits(it.whom, address))
  if (rule === undefined) return { kind: "declined" }
  if (rule.allows) return { kind: "ok" }
  const { settings } = exchange
  const inList = check(clientAddress, letIn, written(saidBy(settings), rule.directive.at, "operator"))
  const refused = { kind: "refused", status: 403, name: ADDRESSES + rule.directive.start, owner: settings } as const
  const isExcepted = settings.directive.name === "limit_except"
  if (!isExcepted || !settings.directive.block?.includes(rule.directive))
    return { ...refused, cause: nginxDenyRule, checks: [inList], isLogged: true }
  const { args, at } = settings.directive
  const methods = methodsExcepted(args.map((it) => it.text))
  const byMethod = check(requestMethod, oneOf, written(methods, at, "operator"))
  return { ...refused, cause: nginxLimitExcept, checks: [byMethod, inList], isLogged: true }
}

const lists = new WeakMap<object, readonly string[]>()
function saidBy({ rules }: Exchange["settings"]): readonly string[] {
  const known = lists.get(rules) ?? rules.map((it) => it.said)
  lists.set(rules, known)
  return known
}

function authRequest(exchange: Exchange, ask: Ask): Said {
  const { authRequest: asked } = exchange.settings
  if (asked === undefined || asked.uri === "") return { kind: "declined" }
  const { status, isHungUp } = ask(exchange, asked.uri)
  if (status >= 200 && status < 300) return { kind: "ok" }
  exchange.seen = { kind: String(status) }
  const { at } = asked.directive
  const checks = [check(authStatus, atMost, following(299, at, "operator"))] as const
  if (isHungUp) {
    const closed = gateAt(asked.directive, "hung up", () => ({ cause: nginxReturn, anyOf: checks }))
    return { kind: "failed", stop: refuseAt(exchange, closed, status, false) }
  }
  if (status === 401 || status === 403) {
    const cause = status === 403 ? nginxAuthRequest403 : nginxUnauthorized
    return {
      kind: "refused",
      status,
      cause,
      name: `auth_request ${status}`,
      owner: asked.directive,
      checks,
      isLogged: false,
    }
  }
  const gate = gateAt(asked.directive, "failed", () => ({ cause: nginxServerFault, anyOf: checks }))
  return { kind: "failed", stop: refuseAt(exchange, gate, 500, true) }
}

import { type Check, check, following, written } from "../../../decision/check.ts"
import { oneOf, present } from "../../../decision/relations.ts"
import { type Directive, sourceOf } from "../language/directive.ts"
import { wordsOf } from "../language/word.ts"
import { type Expression, readExpression } from "../settings/expression.ts"
import { methodOf } from "../settings/methods.ts"
import type { Turn } from "./authorization.ts"
import { networkOf } from "./network.ts"
import {
  includesAny,
  includesNone,
  inNetworks,
  isAs,
  isLetIn,
  isLetInUnless,
  missing,
  noneOf,
  outsideNetworks,
} from "./relations.ts"
import {
  clientAddress,
  clientName,
  environment,
  type Facts,
  isLocal,
  namedUser,
  requestMethod,
  requestUser,
  type World,
} from "./world.ts"

/** What a `Require` line asks. */
export type Provider =
  | { readonly kind: "all"; readonly isGranted: boolean }
  | { readonly kind: "ip"; readonly networks: readonly string[] }
  | { readonly kind: "method"; readonly methods: readonly string[] }
  | { readonly kind: "env"; readonly names: readonly string[] }
  | { readonly kind: "user"; readonly names: readonly string[] }
  | { readonly kind: "valid-user" }
  | { readonly kind: "local" }
  | { readonly kind: "expr"; readonly expression: Expression }
  /** Not judged here: by name (`host`, `group`, `ldap-user`). */
  | { readonly kind: "outside"; readonly name: string }

/** Reads what follows `Require` or `Require not`; text for what httpd refuses to start with. */
export function readProvider(words: readonly string[], rest: string): Provider | string {
  const [name = "", ...args] = words
  switch (name.toLowerCase()) {
    case "all": {
      const said = rest.trim().toLowerCase()
      if (said === "granted" || said === "denied") return { kind: "all", isGranted: said === "granted" }
      return "Argument for 'Require all' must be 'granted' or 'denied'"
    }
    case "ip": {
      const wrong = args.find((it) => networkOf(it) === undefined)
      if (args.length === 0) return "'require ip' requires an argument"
      return wrong === undefined ? { kind: "ip", networks: args } : `ip address '${wrong}' appears to be invalid`
    }
    case "method":
      return { kind: "method", methods: args.map(methodOf) }
    case "env":
      return { kind: "env", names: args }
    case "user":
      return rest.includes("%{") ? { kind: "outside", name: "user" } : { kind: "user", names: args }
    case "valid-user":
      return { kind: "valid-user" }
    case "local":
      return { kind: "local" }
    case "expr":
      return expressionOf(rest)
    default:
      return name === "" ? "Require needs an argument" : { kind: "outside", name }
  }
}

function expressionOf(rest: string): Provider {
  const text = rest.startsWith('"') && rest.endsWith('"') ? rest.slice(1, -1) : rest
  const expression = readExpression(text)
  // Where it asks for the user and fails, httpd asks for credentials first.
  return /REMOTE_USER/i.test(text) ? { kind: "outside", name: "expr" } : { kind: "expr", expression }
}

/** Words of a `from` list or of `Require ip`, which may stand in one pair of quotation marks. */
export const listed = (words: readonly string[]): readonly string[] => words.flatMap(wordsOf)

/** The check that a line is met, or that it is not; in a restored one nobody is a user who is none of those named. */
export function checkOf(provider: Provider, turn: Turn, directive: Directive, facts: Facts): Check<World> {
  const source = sourceOf(directive)
  const isOpposite = turn === "opposite"
  const user = turn === "restored" ? namedUser : requestUser
  const by = <const T extends string | readonly string[] | boolean>(value: T) => written(value, source, "operator")
  switch (provider.kind) {
    case "all": {
      const said = by(provider.isGranted ? "granted" : "denied")
      return check(clientAddress, isOpposite ? isLetInUnless : isLetIn, said)
    }
    case "ip":
      return check(clientAddress, isOpposite ? outsideNetworks : inNetworks, by(provider.networks))
    case "method":
      return check(requestMethod, isOpposite ? noneOf : oneOf, by(provider.methods))
    case "env":
      return check(environment, isOpposite ? includesNone : includesAny, by(provider.names))
    case "user":
      return isOpposite ? check(namedUser, noneOf, by(provider.names)) : check(user, oneOf, by(provider.names))
    case "valid-user":
      return isOpposite
        ? check(namedUser, missing, following(null, source, "operator"))
        : check(user, present, following("any user of the password file", source, "operator"))
    case "local":
      return check(isLocal, isAs, following(!isOpposite, source, "operator"))
    case "expr":
      return check(facts.expression(provider.expression), isAs, following(!isOpposite, source, "operator"))
    case "outside":
      return check(clientName, present, following(provider.name, source, "operator"))
  }
}

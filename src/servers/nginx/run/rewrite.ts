import type { Branch, Condition, Operation, Return, Rewrite } from "../settings/script.ts"
import { fill, type Template, type Values } from "../values/template.ts"
import { Unknowable } from "../values/unknowable.ts"
import { escapeArgs } from "../values/uri.ts"
import { enter } from "./enter.ts"
import type { Exchange } from "./exchange.ts"
import { refuseFault } from "./fault.ts"
import { look } from "./look.ts"
import { refuseReturn } from "./refuse-return.ts"
import type { Stop } from "./stop.ts"

/** How far a script came: `end` leaves it, as `break` and `last` do. */
type Ran = Stop | "end" | undefined

/** Runs what the rewrite module was told in one block. Undefined where the request goes on. */
export function runScript(exchange: Exchange, script: readonly Operation[]): Stop | undefined {
  if (script.length === 0) return undefined
  const ran = new Script(exchange).run(script)
  return ran === "end" ? undefined : ran
}

class Script {
  readonly #exchange: Exchange
  /** Captures are encoded until the first rewrite has matched (`e->quote`), a peculiarity of nginx. */
  #isQuoting = true
  #hasArgs = false

  constructor(exchange: Exchange) {
    this.#exchange = exchange
  }

  run(operations: readonly Operation[]): Ran {
    for (const operation of operations) {
      const ran = this.#one(operation)
      if (ran !== undefined) return ran
    }
    return undefined
  }

  #one(operation: Operation): Ran {
    const exchange = this.#exchange
    switch (operation.kind) {
      case "set":
        exchange.set(
          operation.name,
          this.#fill(operation.value, this.#isQuoting),
          operation.directive,
          operation.within,
        )
        return undefined
      case "break":
        if (exchange.isUriChanged) {
          exchange.isLocationValid = false
          exchange.isUriChanged = false
        }
        return "end"
      case "return":
        return this.#answer(operation)
      case "rewrite":
        return this.#rewrite(operation)
      case "if":
        return this.#branch(operation)
      case "unmodelled": {
        const { name, at } = operation.directive
        throw new Unknowable({
          what: `what this \`${name}\` does`,
          why: "it is written in a way that is not modelled",
          at,
        })
      }
    }
  }

  #branch(branch: Branch): Ran {
    const exchange = this.#exchange
    if (!this.#isTrue(branch)) return undefined
    if (branch.settings !== undefined) enter(exchange, branch.settings)
    return this.run(branch.body)
  }

  #isTrue({ condition }: Branch): boolean {
    const exchange = this.#exchange
    switch (condition.kind) {
      case "true": {
        const value = exchange.variable(condition.name)
        return value !== "" && value !== "0"
      }
      case "equals":
        return (exchange.variable(condition.name) === this.#fill(condition.to, this.#isQuoting)) !== condition.isNegated
      case "matches": {
        const matches = exchange.matches(condition.pattern, exchange.variable(condition.name))
        if (!matches) exchange.forgetCaptures()
        return matches !== condition.isNegated
      }
      case "file":
        return isFile(exchange, condition, this.#fill(condition.path, this.#isQuoting)) !== condition.isNegated
    }
  }

  #answer(operation: Return): Stop {
    const exchange = this.#exchange
    const { status, text, directive } = operation
    const refusal = status >= 400 ? refuseReturn(exchange, operation) : undefined
    if (text !== undefined) this.#fill(text, false)
    if (status < 300 || (text !== undefined && !isRedirect(status)) || (status < 400 && !isRedirect(status))) {
      if (refusal !== undefined) return { ...refusal, isSent: true }
      return { kind: "sent", status, by: "return", at: directive.at }
    }
    if (refusal !== undefined) return refusal
    // `ngx_http_send_response` reads the body away before any error page is looked for.
    if (exchange.main === undefined) exchange.isBodyDiscarded = true
    return { kind: "status", status, refusal: undefined, by: "redirect", at: directive.at }
  }

  #rewrite(operation: Rewrite): Ran {
    const exchange = this.#exchange
    if (!exchange.matches(operation.pattern, exchange.path)) {
      exchange.forgetCaptures()
      return undefined
    }
    const { then, keepsArgs, directive } = operation
    if (typeof then === "number") {
      this.#fill(operation.path, true)
      this.#isQuoting = false
      exchange.isInternal = true
      exchange.isUriChanged = true
      return { kind: "status", status: then, refusal: undefined, by: "redirect", at: directive.at }
    }
    exchange.isInternal = true
    exchange.isUriChanged = then !== "break"
    if (then === "break") exchange.isLocationValid = false
    this.#isQuoting = false
    const path = this.#fill(operation.path, false)
    if (operation.args !== undefined) {
      const args = this.#fill(operation.args, true)
      this.#hasArgs = true
      exchange.args = keepsArgs && exchange.args !== "" ? `${args}&${exchange.args}` : args
    } else if (!keepsArgs) exchange.args = ""
    exchange.path = path
    if (path === "") return refuseFault(exchange, directive.at, "the rewritten URI is empty")
    return then === "go on" ? undefined : "end"
  }

  #fill(template: Template, encodes: boolean): string {
    const exchange = this.#exchange
    if (!exchange.uri.isQuoted || template.constant !== undefined) return fill(template, exchange)
    const hasCapture = template.parts.some((it) => it.kind === "capture")
    if (hasCapture && this.#hasArgs && !encodes)
      throw new Unknowable({
        what: "what a group of a pattern caught",
        why: "nginx encodes it twice after a rewrite with a query",
      })
    const values: Values = {
      variable: (name) => exchange.variable(name),
      capture: (number) => (encodes ? escapeArgs(exchange.capture(number)) : exchange.capture(number)),
    }
    return fill(template, values)
  }
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status)

function isFile(exchange: Exchange, { test }: Extract<Condition, { kind: "file" }>, path: string): boolean {
  const looked = look(exchange, path, "stat")
  if (looked.kind === "failed") return false
  const { kind, mode } = looked.entry
  switch (test) {
    case "f":
      return kind === "file"
    case "d":
      return kind === "directory"
    case "e":
      return kind === "file" || kind === "directory"
    case "x":
      return (mode & 0o100) !== 0
  }
}

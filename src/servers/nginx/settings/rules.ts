import type { Address } from "../../values/address.ts"
import { isInNetwork, type Network, readNetwork } from "../../values/address.ts"
import type { Directive } from "../syntax/directive.ts"

/** One line of an access list. */
export interface Rule {
  readonly allows: boolean
  /** `all` and `unix:` are no networks. */
  readonly whom: Network | "all" | "unix:"
  /** As a relation compares it: `allow 192.0.2.0/24`. */
  readonly said: string
  readonly directive: Directive
}

/** Undefined for what is no address. */
export function ruleOf(directive: Directive): Rule | undefined {
  const text = directive.args[0]?.text ?? ""
  const whom = text === "all" || text === "unix:" ? text : readNetwork(text)
  if (whom === undefined) return undefined
  return { allows: directive.name === "allow", whom, said: `${directive.name} ${text}`, directive }
}

/** `undefined` stands for a peer on a socket of the file system. */
export function fits(whom: Rule["whom"], address: Address | undefined): boolean {
  if (whom === "all") return true
  if (whom === "unix:") return address === undefined
  return address !== undefined && isInNetwork(address, whom)
}

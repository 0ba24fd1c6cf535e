import type { Source } from "../decision/source.ts"
import type { LimitChanges, Membership, ModelLimits, PlainLimits } from "./model-limits.ts"

/** What is known of a key. The secret itself is nowhere: only its SHA-256 is kept. */
export interface Key extends Membership {
  /** Unique; how people and records speak of it. */
  readonly name: string
  readonly scopes: readonly string[]
  /** Patterns of the MCP tools, prompts and resources it may use, beside those among its scopes; absent: none. */
  readonly tools?: readonly string[]
  /** Where `tools` is or would be written. */
  readonly toolsSource?: Source
  /** Of models; absent: none of its own. */
  readonly limits?: ModelLimits
  readonly status: "active" | "revoked" | "expired"
  /** The first characters of the secret, to tell keys apart by eye; for keys from a file, empty. */
  readonly prefix: string
  /** Milliseconds since the epoch; absent for keys from a file. */
  readonly createdAt?: number
  readonly expiresAt?: number
  /** Where its scopes are written: a line of the file, or `store`. */
  readonly source: Source
}

/** Looks keys up. Called for every request with a credential, so it must neither wait nor throw for an unknown one. */
export interface KeyDirectory {
  /** By the secret as presented. Revoked and expired keys are found too, with their status. */
  find(secret: string): Key | undefined
  /** By name, for simulations. */
  named(name: string): Key | undefined
  list(): readonly Key[]
}

export interface NewKey extends Membership {
  readonly name: string
  readonly scopes: readonly string[]
  readonly expiresAt?: number
  readonly limits?: PlainLimits
}

/** What of a key is to be otherwise; what is absent stays. */
export interface KeyChange {
  /** In the place of those it has. */
  readonly scopes?: readonly string[]
  /** Null: of none. */
  readonly team?: string | null
  readonly tenant?: string | null
  readonly limits?: LimitChanges
}

/** Keys made at run time. Every method returns only once the change is durable. */
export interface KeyStore extends KeyDirectory {
  /** The secret is returned here and never again. @throws KeyFault when the name is taken. */
  create(key: NewKey): { readonly key: Key; readonly secret: string }
  /** @throws KeyFault when there is no such key. */
  revoke(name: string): Key
  /** Replaces the scopes. @throws KeyFault when there is no such key. */
  rescope(name: string, scopes: readonly string[]): Key
  /** Changes all that is told at once, or nothing. @throws KeyFault when there is no such key, or it cannot be so. */
  amend(name: string, change: KeyChange): Key
}

/** A request about a key that cannot be carried out; the message says why and what to do. */
export class KeyFault extends Error {
  override readonly name = "KeyFault"
}

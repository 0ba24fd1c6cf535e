/** One change a person can make, exact enough to be applied by a machine. */
export type Patch =
  /** Text of a configuration file: `remove` stands at line and column (from 1), and `insert` comes in its place. */
  | {
      readonly kind: "text"
      readonly file: string
      readonly line: number
      readonly column: number
      readonly remove: string
      readonly insert: string
    }
  | { readonly kind: "mode"; readonly path: string; readonly from: number; readonly to: number }
  /** An entry of an access control list: `setfacl -m u:33:r-x`. */
  | {
      readonly kind: "acl"
      readonly path: string
      readonly who: "user" | "group"
      readonly id: number
      readonly permissions: number
    }
  /** Something that is not there and must be: an index file, a password file. */
  | { readonly kind: "create"; readonly path: string }

/** What would mend one refusal: decided again by the same judge with the patches applied. */
export interface Remedy {
  /** As an imperative: `Add "allow 192.0.2.7;" before line 12`. */
  readonly does: string
  readonly patches: readonly Patch[]
  /** Commands or text to paste, as a person would do it. */
  readonly written: readonly string[]
  /** Neighbouring requests that were refused without it and are not with it, by a name people understand. */
  readonly admits: readonly string[]
  /** How many neighbours were asked. */
  readonly asked: number
}

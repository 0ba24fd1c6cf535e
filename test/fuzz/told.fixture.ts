/** First line of a process that has loaded all it needs. */
export const READY = "ready"

/** What a parser does that it must not. */
export type Fault = "throws" | "hangs" | "takes memory" | "ends the process"

/** What one text came to. */
export interface Tried {
  /** Of processor time. */
  readonly milliseconds: number
  readonly error?: string
}

/** A line that a process under fuzzing writes. */
export type Told =
  | { readonly kind: "suspect"; readonly name: string; readonly round: number; readonly what: Fault }
  | {
      readonly kind: "done"
      readonly name: string
      readonly rounds: number
      /** Milliseconds. */
      readonly slowest: number
      /** Bytes. */
      readonly memory: number
    }

import type { FrameRecord } from "../decision/record.ts"

/** One decision as it is kept: the revision and the values it saw, and what became of it. No prose, no secrets. */
export interface DecisionRecord {
  /** UUID version 7 (RFC 9562), so that ids sort by time. */
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly verdict: "permit" | "deny"
  /** The cause's code; absent for a permit. */
  readonly cause?: string
  /** The status the caller got; 0 when the caller went away before one. */
  readonly status: number
  /** The status the upstream gave, where one was asked and answered. */
  readonly upstreamStatus?: number
  /** Where the upstream refused with 403: what its answer says of why. */
  readonly upstreamRefusal?: UpstreamRefusal
  /** Where a model was asked: which, who answered, and what it took. */
  readonly model?: ModelRecord
  readonly requestId: string
  /** The name of the key it was sent with, where it was a valid one. */
  readonly key?: string
  /** Milliseconds from the request's head to the end of the answer. */
  readonly took: number
  readonly frame: FrameRecord
}

/** What became of a call to a model. No prompts and no answers. */
export interface ModelRecord {
  /** As the caller named it. */
  readonly asked: string
  readonly operation: string
  readonly stream: boolean
  /** `provider/model` that answered, or was asked last. */
  readonly target?: string
  /** Why others were not asked, or did not answer, in order. */
  readonly passedOver: readonly { readonly target: string; readonly why: string }[]
  /** What could not be carried from one format into another. */
  readonly dropped: readonly string[]
  /** Tokens by kind, as the provider counted them; absent where it did not tell. */
  readonly usage?: Readonly<Record<string, number>>
  /** Nano-US-dollars; by estimate where `usage` is absent. */
  readonly cost?: number
  /** What a cache did: `hit`, `near`, `stored`. */
  readonly cache?: string
}

/** A refusal by someone behind the gateway, as far as it could be diagnosed. Credentials are blotted out of what is quoted. */
export interface UpstreamRefusal {
  /** Who wrote it, as `src/foreign/emitter.ts` names them, or `unknown`. */
  readonly emitter: string
  /** Likeliest first; codes of `src/foreign`, confidence from 0 to 1, and the lines that say so. */
  readonly causes: readonly { readonly code: string; readonly confidence: number; readonly quotes: readonly string[] }[]
}

/** Keeps decisions. Writing must cost the caller next to nothing and never throw into a request. */
export interface RecordStore {
  /** Durable against the death of the process at most 100 ms later. */
  append(record: DecisionRecord): void
  /** Waits until everything appended before is durable. @throws StoreFault when it cannot be made so; it is kept and tried again. */
  flush(): void
  find(id: string): DecisionRecord | undefined
  /** Newest first, by id. */
  recent(query: RecordQuery): readonly DecisionRecord[]
  /** Forgets what is older, in milliseconds since the epoch. Returns how many were forgotten. */
  prune(before: number): number
  /** How many were lost since the start, because they could not be written and no more could be held. */
  readonly dropped: number
}

export interface RecordQuery {
  readonly limit: number
  readonly verdict?: DecisionRecord["verdict"]
  readonly cause?: string
}

/** Keeps the plans that decisions were made by, as text, by revision. */
export interface PlanStore {
  /** Makes the revision the current one, and keeps its text unless it is known. */
  keep(revision: string, text: string): void
  find(revision: string): string | undefined
  /** The revision in force, or in force when the gateway last ran. */
  current(): string | undefined
}

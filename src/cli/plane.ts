import { answersIn } from "../adapters/answers/late-answers.ts"
import { createMeter } from "../adapters/meter/shared-meter.ts"
import { openStore } from "../adapters/sqlite/store.ts"
import type { GatewayPlan } from "../config/gateway-plan.ts"
import type { Environment } from "../config/load.ts"
import { loadConfig } from "../config/load.ts"
import { Gateway } from "../gateway/gateway.ts"
import type { Outside } from "../gateway/running.ts"
import { type Kept, observed } from "./observed-records.ts"

/** What a data plane is started with; may be sent to another thread. */
export interface PlaneInput {
  readonly text: string
  readonly file: string
  readonly env: Environment
  readonly data: string
  readonly counters: SharedArrayBuffer
  readonly sharesPort: boolean
  /** In place of the configured one. */
  readonly port?: number
  /** Whether decisions are told as they are kept. */
  readonly tells: boolean
}

/** What a data plane tells while it runs. */
export interface PlaneEvents {
  readonly onFault: Outside["onFault"]
  /** `thread`: which of several kept it, from 1. */
  readonly onKept: (kept: Kept, thread?: number) => void
}

/** A listener, or several that share a port, each with a connection of its own to the store. */
export interface Plane {
  readonly port: number
  /** Resolves when every thread decides by the new text. */
  swap(text: string): Promise<void>
  stop(graceMs: number): Promise<void>
}

export function startPlane(input: PlaneInput, { onFault, onKept }: PlaneEvents): Plane {
  const plan = mustLoad(input.text, input)
  const store = openStore(input.data, { onFault })
  const answers = answersIn(input.data, { onFault })
  const gateway = new Gateway({
    plan,
    keys: store.keys,
    records: input.tells ? observed(store.records, onKept) : store.records,
    token: store.token,
    meter: createMeter(input.counters),
    ledger: store.ledger,
    answers,
    clock: Date.now,
    sharesPort: input.sharesPort,
    ...(input.port === undefined ? {} : { port: input.port }),
    onFault,
  })
  return {
    port: gateway.port,
    swap: async (text) => gateway.swap(mustLoad(text, input)),
    stop: async (graceMs) => {
      await gateway.stop(graceMs)
      answers.close()
      store.close()
    },
  }
}

/** The text was found sound before it came here, so that a fault is ours. */
function mustLoad(text: string, { file, env }: PlaneInput): GatewayPlan {
  const { plan } = loadConfig(text, file, env)
  if (plan === undefined) throw new Error(`${file} was sound and is not any more`)
  return plan
}

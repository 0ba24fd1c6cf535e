import { createMeter } from "../adapters/meter/shared-meter.ts"
import { openStore } from "../adapters/sqlite/store.ts"
import type { GatewayPlan } from "../config/gateway-plan.ts"
import type { Environment } from "../config/load.ts"
import { loadConfig } from "../config/load.ts"
import { Gateway } from "../gateway/gateway.ts"
import type { Outside } from "../gateway/running.ts"
import type { Store } from "../ports/store.ts"

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
}

/** One thread's part of the gateway: a listener, and a connection of its own to the store. */
export interface Plane {
  readonly port: number
  swap(text: string): void
  stop(graceMs: number): Promise<void>
}

export function startPlane(input: PlaneInput, onFault: Outside["onFault"], onRefusal?: Outside["onRefusal"]): Plane {
  const plan = mustLoad(input.text, input)
  const store: Store = openStore(input.data)
  const gateway = new Gateway({
    plan,
    keys: store.keys,
    records: store.records,
    token: store.token,
    meter: createMeter(input.counters),
    clock: Date.now,
    sharesPort: input.sharesPort,
    ...(input.port === undefined ? {} : { port: input.port }),
    onFault,
    ...(onRefusal === undefined ? {} : { onRefusal }),
  })
  return {
    port: gateway.port,
    swap: (text) => gateway.swap(mustLoad(text, input)),
    stop: async (graceMs) => {
      await gateway.stop(graceMs)
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

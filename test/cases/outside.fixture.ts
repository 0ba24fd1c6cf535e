import { createMeter } from "../../src/adapters/meter/shared-meter.ts"
import type { GatewayPlan } from "../../src/config/gateway-plan.ts"
import type { KeyStore } from "../../src/ports/keys.ts"
import type { Meter } from "../../src/ports/meter.ts"
import { type Store, StoreFault } from "../../src/ports/store.ts"

/** What a gateway is given from outside in one case. */
export interface CaseOutside {
  readonly keys: KeyStore
  readonly meter: Meter
  readonly plan: GatewayPlan
}

/** Brings about what no caller can, by implementations of the ports that do what those of the product do on a bad day. */
export function outsideOf(what: string, plan: GatewayPlan, store: Store): CaseOutside {
  const well: CaseOutside = { keys: store.keys, meter: createMeter(), plan }
  switch (what) {
    case "":
    case "all is well":
      return well
    case "the key store cannot be read":
      return { ...well, keys: unreadable(store.keys) }
    case "the counters are full":
      return { ...well, meter: full }
    case "the key is of a team that is gone":
      return { ...well, plan: { ...plan, keys: plan.keys.map((it) => ({ ...it, key: { ...it.key, team: "gone" } })) } }
    case "the plan leads to a place that is not there":
      return { ...well, plan: { ...plan, destinations: new Map() } }
    default:
      throw new Error(`nothing outside does "${what}"`)
  }
}

function unreadable(keys: KeyStore): KeyStore {
  const fail = (): never => {
    throw new StoreFault("control.db cannot be read: disk I/O error")
  }
  return {
    find: fail,
    named: fail,
    list: fail,
    create: (key) => keys.create(key),
    revoke: (name) => keys.revoke(name),
    rescope: (name, scopes) => keys.rescope(name, scopes),
    amend: (name, change) => keys.amend(name, change),
  }
}

/** As the product's when every place is taken by a window that has not ended. */
const full: Meter = {
  take: () => undefined,
  peek: (_partition, windowMs) => ({ used: 0, resetsIn: windowMs }),
  release: () => undefined,
  settle: () => undefined,
}

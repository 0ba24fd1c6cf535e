import { answersIn } from "../adapters/answers/late-answers.ts"
import { createMeter } from "../adapters/meter/shared-meter.ts"
import { openStore } from "../adapters/sqlite/store.ts"
import type { GatewayPlan } from "../config/gateway-plan.ts"
import { Gateway } from "../gateway/gateway.ts"
import { sayFault } from "./log.ts"

/** A gateway of a plan for the length of a command: on a free port of the loopback, with a directory and a key of its own. */
export interface Trial {
  /** `http://127.0.0.1:port` */
  readonly url: string
  /** Holds every scope that a key of the file holds. */
  readonly key: string
  stop(): Promise<void>
}

const HOST = "127.0.0.1"
/** Milliseconds for what is still under way when it is stopped. */
const GRACE = 1_000

/** `data`: a directory that nobody else uses. */
export function startTrial(plan: GatewayPlan, data: string): Trial {
  const { settings } = plan
  const store = openStore(data, { onFault: sayFault })
  const answers = answersIn(data, { onFault: sayFault })
  store.plans.keep(plan.revision, plan.text)
  const scopes = [...new Set(settings.keys.flatMap((it) => it.scopes))]
  const { secret } = store.keys.create({ name: "pinpoint-trial", scopes })
  const gateway = new Gateway({
    plan: { ...plan, settings: { ...settings, listen: { ...settings.listen, hostname: HOST } } },
    keys: store.keys,
    records: store.records,
    token: store.token,
    meter: createMeter(),
    ledger: store.ledger,
    answers,
    clock: Date.now,
    sharesPort: false,
    port: 0,
    onFault: sayFault,
  })
  return {
    url: `http://${HOST}:${gateway.port}`,
    key: secret,
    stop: async () => {
      await gateway.stop(GRACE)
      answers.close()
      store.close()
    },
  }
}

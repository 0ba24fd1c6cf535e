import type { GatewayPlan } from "../config/gateway-plan.ts"
import type { Environment } from "../config/load.ts"
import type { Store } from "../ports/store.ts"
import { type LoadedFile, loadFile, toldFaults } from "./config-file.ts"
import { Failure } from "./failure.ts"
import { say, sayFault } from "./log.ts"
import type { Plane } from "./plane.ts"

interface Reloaded {
  readonly file: string
  readonly env: Environment
  readonly plan: GatewayPlan
  /** What the plan was made of. */
  readonly text: string
  readonly store: Store
  readonly plane: Plane
}

/** Takes up changes of the configuration file, one after the other. What cannot be taken up leaves the plan in force, and says so. */
export class Reloader {
  readonly #of: Reloaded
  #plan: GatewayPlan
  #text: string
  #before: Promise<void> = Promise.resolve()

  constructor(of: Reloaded) {
    this.#of = of
    this.#plan = of.plan
    this.#text = of.text
  }

  /** The plan in force in all threads. */
  get plan(): GatewayPlan {
    return this.#plan
  }

  /** `asked`: somebody waits to hear of it, even where nothing has changed. */
  reload({ asked = false }: { readonly asked?: boolean } = {}): void {
    this.#before = this.#before.then(() => this.#reload(asked)).catch((fault) => this.#failed(fault))
  }

  async #reload(asked: boolean): Promise<void> {
    const { file, env, store, plane } = this.#of
    const loaded = loadFile(file, env)
    process.stderr.write(toldFaults(loaded, process.stderr.isTTY === true))
    const { plan } = loaded
    if (plan === undefined) throw new Failure(`${file} has faults.`)
    if (loaded.text === this.#text) {
      if (asked) say(`${file} says what it said: plan ${plan.revision} stays in force`)
      return
    }
    this.#noteAddresses(loaded)
    store.plans.keep(plan.revision, plan.text)
    await plane.swap(loaded.text)
    const { revision } = this.#plan
    this.#plan = plan
    this.#text = loaded.text
    // A revision names what decides; settings such as timeouts, and the secrets of keys, are beside it.
    if (plan.revision === revision) say(`plan ${revision} stays in force, with settings and secrets as they are now`)
    else say(`plan ${plan.revision} is in force, after ${revision}`)
  }

  #failed(fault: unknown): void {
    if (!(fault instanceof Failure)) sayFault(fault)
    say(
      `${fault instanceof Failure ? fault.message : "The reload failed."} Plan ${this.#plan.revision} stays in force.`,
    )
  }

  #noteAddresses({ plan }: LoadedFile): void {
    if (plan === undefined) return
    const addresses = ({ settings: { listen, management } }: GatewayPlan): string =>
      JSON.stringify([listen, management])
    if (addresses(plan) !== addresses(this.#plan)) say("`listen` and `management` take hold at the next start")
  }
}

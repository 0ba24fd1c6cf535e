import type { Frame } from "../decision/frame.ts"
import type { Audience } from "../decision/party.ts"
import { DEFAULT_PLACES } from "../facts/identity.ts"
import type { McpRequest } from "../facts/mcp.ts"
import type {
  CredentialPlace,
  GuardAsk,
  GuardedTexts,
  Identity,
  MeteredUnit,
  ModelCallSeen,
  ModelRequest,
  World,
} from "../facts/world.ts"
import type { UpstreamFaultCode } from "../http/fault.ts"
import type { ServerExchange } from "../http/server.ts"
import { wantedOf } from "../models/endpoints.ts"
import { nameIn } from "../models/listing/name-in.ts"
import type { Ledger } from "../ports/ledger.ts"
import type { Meter, Reading } from "../ports/meter.ts"
import { tenantOf } from "../ports/model-limits.ts"
import { callerAddress } from "./address.ts"
import type { BodySink } from "./body-sink.ts"
import { chanceOf } from "./chance.ts"
import { identify } from "./credential.ts"
import { HeldBody } from "./held-body.ts"
import { McpReading } from "./mcp/reading.ts"
import { AskedModel } from "./models/asked-model.ts"
import { ModelAsk } from "./models/model-ask.ts"
import { ModelSide } from "./models/model-side.ts"
import { isTighter, type Metered } from "./rate-fields.ts"
import type { RefusalSeen } from "./refusal-seen.ts"
import type { Running } from "./running.ts"
import { requestId } from "./trace-context.ts"

/** One request: what facts read of it, and how far it has come. What is done with it is `Flow`'s. */
export class Call implements World {
  readonly running: Running
  readonly exchange: ServerExchange
  /** UUID version 7 (RFC 9562). */
  readonly decision: string
  readonly now: number
  readonly address: string
  readonly method: string
  readonly host: string
  readonly path: string
  readonly frame: Frame<World>
  wireFault: World["wireFault"] = "none"
  wireSeen = ""
  upstreamFault: UpstreamFaultCode | "none" = "none"
  upstreamSeen = ""
  receivedLength = 0
  metering: Metered | undefined
  sink: BodySink | undefined
  /** It was permitted and passed on. */
  isForwarded = false
  /** An answer was begun or the call is over; a refusal can no longer be written. */
  answered = false
  /** An answer has begun and may still be cut. */
  exchangeOpen = false
  upstreamStatus: number | undefined
  /** What the upstream refused with, where it answered 403. */
  refusalSeen: RefusalSeen | undefined
  /** What it asks of a model; undefined where it asks none, or was not read. */
  model: ModelSide | undefined
  /** The message as it was read to be judged; undefined when it was not. */
  mcp: McpReading | undefined
  #identity: Identity | undefined
  #identityPlaces: readonly CredentialPlace[] | undefined

  constructor(running: Running, exchange: ServerExchange) {
    const { head, remoteAddress } = exchange
    this.running = running
    this.exchange = exchange
    this.now = running.outside.clock()
    this.decision = Bun.randomUUIDv7()
    this.address = callerAddress(remoteAddress, head.fields, running.trusts)
    this.method = head.method
    this.host = head.host
    this.path = head.path
    this.frame = running.take(this)
  }

  get meter(): Meter {
    return this.running.outside.meter
  }

  get ledger(): Ledger {
    return this.running.outside.ledger
  }

  get declaredLength(): number | null {
    const { framing } = this.exchange.head
    return framing.kind === "sized" ? framing.length : framing.kind === "none" ? 0 : null
  }

  get requestId(): string {
    return requestId(this.exchange.head.fields.get("x-request-id"), this.decision)
  }

  identify(places: readonly CredentialPlace[]): Identity {
    if (this.#identity === undefined || this.#identityPlaces !== places) {
      this.#identity = identify(this.exchange.head.fields, places, this.running.outside.keys)
      this.#identityPlaces = places
    }
    return this.#identity
  }

  /** Where a credential was looked for; without a policy that says where, where it is looked for by default. */
  get places(): readonly CredentialPlace[] {
    return this.#identityPlaces ?? DEFAULT_PLACES
  }

  /** The name of the valid key it was sent with, as far as a policy asked for one. */
  get keyName(): string | undefined {
    const identity = this.#identity
    return identity?.kind === "known" && identity.key.status === "active" ? identity.key.name : undefined
  }

  get modelOperation(): string {
    const destination = this.running.destinationOf(this.frame)
    return destination?.kind === "model" ? wantedOf(destination.endpoint, this.path).operation : ""
  }

  get providerFault(): World["providerFault"] {
    return this.model?.fault ?? "none"
  }

  get providerSeen(): string {
    return this.model?.seen ?? ""
  }

  get guarded(): GuardedTexts {
    return {
      request: () => this.model?.asked.texts() ?? [],
      answer: () => this.model?.guard?.texts() ?? [],
    }
  }

  get ask(): GuardAsk {
    return new ModelAsk(this)
  }

  get modelCall(): ModelCallSeen | undefined {
    const { model } = this
    return model?.estimate === undefined ? undefined : { model: model.asked.model ?? null, estimate: model.estimate }
  }

  /** The tenant of the key it was sent with. */
  get tenant(): string | undefined {
    const identity = this.#identity
    return identity?.kind === "known" ? tenantOf(identity.key, this.running.plan.groups) : undefined
  }

  modelRequest(): Promise<ModelRequest> {
    const destination = this.running.destinationOf(this.frame)
    // A model that is only looked up is named by the path, and nothing else is asked of it.
    if (destination?.kind === "models") {
      const model = destination.below === undefined ? null : nameIn(this.path, destination.below) || null
      return Promise.resolve({ length: 0, body: "a JSON object", model, fault: null, losses: null })
    }
    this.model ??= this.#readModel()
    return this.model.read
  }

  #readModel(): ModelSide {
    const destination = this.running.destinationOf(this.frame)
    if (destination?.kind !== "model") throw new Error("a model was asked for on a route of none")
    const { fields, query } = this.exchange.head
    const held = new HeldBody(this.exchange, this.running.plan.settings.limits["model-body"])
    this.sink = held
    const asked = new AskedModel(destination.endpoint, this.path, query, destination.models, destination.guards)
    asked.prefersStream =
      destination.endpoint.own !== undefined && fields.get("accept")?.includes("text/event-stream") === true
    const side = new ModelSide(asked, held, fields.get("content-type"), this.running.outside.health, () => ({
      now: this.now,
      chance: chanceOf(this.decision),
      tenant: this.tenant,
      header: (name) => fields.get(name),
    }))
    held.start()
    return side
  }

  get mcpRead(): McpRequest | undefined {
    return this.mcp?.told
  }

  mcpRequest(): Promise<McpRequest> {
    this.mcp ??= new McpReading(this)
    return this.mcp.read
  }

  metered(limit: number, windowMs: number, { used, resetsIn }: Reading, unit: MeteredUnit = "requests"): void {
    const it = { limit, used, windowMs, resetsIn, unit }
    if (this.metering === undefined || isTighter(it, this.metering)) this.metering = it
  }

  /** Who will read the answer. Who cannot be looked up is anyone: the refusal stands all the same. */
  audience(): Audience {
    try {
      return this.#provenAudience()
    } catch (fault) {
      this.running.outside.onFault(fault)
      return "anonymous"
    }
  }

  /** An operator who says so and proves it, the owner of a valid key, or anyone. */
  #provenAudience(): Audience {
    const { fields } = this.exchange.head
    const token = fields.get("pinpoint-operator")
    if (token !== undefined && this.running.outside.token.matches(token)) return "operator"
    const destination = this.running.destinationOf(this.frame)
    const identity = this.identify(destination?.kind === "service" ? destination.places : this.places)
    return identity.kind === "known" && identity.key.status === "active" ? "owner" : "anonymous"
  }
}

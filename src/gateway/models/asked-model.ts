import type { ModelRequest } from "../../facts/world.ts"
import type { AnswerGuards, ModelGuards } from "../../guardrails/answer-guards.ts"
import { INBOUND, OUTBOUND } from "../../models/codecs.ts"
import { type Endpoint, type Wanted, wantedOf } from "../../models/endpoints.ts"
import { FormFault } from "../../models/form/fault.ts"
import { Losses } from "../../models/form/losses.ts"
import type { ChatRequest } from "../../models/form/request.ts"
import { type SaidText, textsOf, withTexts } from "../../models/form/texts.ts"
import type { JsonObject } from "../../models/json.ts"
import type { FormField } from "../../models/multipart.ts"
import type { ServedModels } from "../../models/routing/served-models.ts"
import type { ServedModel, Target } from "../../models/routing/target.ts"
import { type Course, isOwn, wayTo } from "../../models/routing/way.ts"
import type { Held } from "../held-body.ts"
import { readBody } from "./read-body.ts"

const NOTHING = { model: null, fault: null, losses: null } as const

/** What a request asks of a model: its address and its body, read as far as deciding and telling a provider need it. */
export class AskedModel {
  readonly endpoint: Endpoint
  readonly wanted: Wanted
  readonly #models: ServedModels
  bytes: Buffer = Buffer.alloc(0)
  /** As the caller names it. */
  model: string | undefined
  served: ServedModel | undefined
  body: JsonObject | undefined
  fields: readonly FormField[] = []
  /** Read where a target has to be told it in another format than the caller's, or what it says is looked at. */
  form: ChatRequest | undefined
  stream = false

  readonly #framing: Course["framing"]
  readonly #guards: AnswerGuards | undefined
  /** What guardrails do with calls of the model; undefined where none looks at them. */
  guards: ModelGuards | undefined

  constructor(endpoint: Endpoint, path: string, query: string, models: ServedModels, guards: AnswerGuards | undefined) {
    this.#guards = guards
    this.endpoint = endpoint
    this.#framing = endpoint.dialect === "gemini" && !/[?&]alt=sse(?:&|$)/.test(query) ? "json-array" : "sse"
    this.wanted = wantedOf(endpoint, path)
    this.#models = models
  }

  get course(): Course {
    return {
      dialect: this.endpoint.dialect,
      operation: this.wanted.operation,
      stream: this.stream,
      framing: this.#framing,
      anew: this.guards !== undefined,
    }
  }

  /** Takes the whole body; what it says is there afterwards. `contentType`: of a body in parts. */
  take({ length, bytes }: Held, contentType: string | undefined): ModelRequest {
    if (bytes === undefined) return { length, body: "not a JSON object", ...NOTHING }
    const read = readBody(bytes, this.endpoint.body, contentType)
    if (typeof read === "string") return { length, body: read, ...NOTHING }
    this.bytes = bytes
    this.body = read.json
    this.fields = read.fields
    this.model = this.wanted.model ?? read.model
    this.stream = this.wanted.stream ?? read.json?.stream === true
    this.served = this.model === undefined ? undefined : this.#models.find(this.model)
    this.guards = this.#guards?.of(this.model ?? null)
    return { length, body: "a JSON object", model: this.model ?? null, fault: this.#readForm(), losses: null }
  }

  /** Reads the chat where somebody has to know what it says. What of it cannot be read, in words; null where all can. */
  #readForm(): string | null {
    const { served, body, course } = this
    if (served === undefined || body === undefined) return null
    const ways = served.targets.flatMap((it) => wayTo(it, course) ?? [])
    if (!ways.some(({ kind }) => kind === "translate")) return null
    const { model, stream } = this.wanted
    const asked = {
      ...(model === undefined ? {} : { model }),
      ...(stream === undefined ? {} : { stream }),
      framing: this.#framing,
      staysInFormat: ways.every((it) => isOwn(course.dialect, it.format)),
    }
    try {
      this.form = INBOUND[this.endpoint.dialect].readRequest(body, asked)
      return null
    } catch (error) {
      if (error instanceof FormFault) return error.message
      throw error
    }
  }

  canReach(target: Target): boolean {
    return wayTo(target, this.course) !== undefined
  }

  /** What is said in it, as far as it was read. */
  texts(): readonly SaidText[] {
    return this.form === undefined ? [] : textsOf(this.form)
  }

  /** Blots out what guardrails mask, once the request has passed as it came. */
  mask(): void {
    const { form, guards } = this
    if (form === undefined || guards === undefined) return
    const texts = textsOf(form)
    const masked = guards.maskRequest(texts)
    if (masked === texts) return
    let at = 0
    this.form = withTexts(form, ({ text }) => masked[at++]?.text ?? text)
  }

  /** What a target cannot be told. */
  lossesAt(target: Target): Losses {
    const losses = new Losses()
    const way = wayTo(target, this.course)
    if (this.form !== undefined && way?.kind === "translate")
      OUTBOUND[way.format].writeRequest(this.form, target.quirks, losses)
    return losses
  }
}

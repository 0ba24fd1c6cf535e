import type { ModelRequest } from "../../facts/world.ts"
import type { AnswerGuards, ModelGuards } from "../../guardrails/answer-guards.ts"
import { holdsCarried } from "../../models/carried-marks.ts"
import { inboundAt, OUTBOUND } from "../../models/codecs.ts"
import { type Endpoint, type Wanted, wantedOf } from "../../models/endpoints.ts"
import { Losses } from "../../models/form/losses.ts"
import type { ChatRequest } from "../../models/form/request.ts"
import { type SaidText, textsOf, withTexts } from "../../models/form/texts.ts"
import type { JsonObject } from "../../models/json.ts"
import { boundaryOf, type FormField, formFields, withField } from "../../models/multipart.ts"
import { bodyTexts, saysInTokens, withBodyTexts } from "../../models/operations/body-texts.ts"
import type { Translation } from "../../models/operations/translation.ts"
import { translationFor } from "../../models/operations/translation-for.ts"
import { addressFault, nameFault } from "../../models/routing/model-name.ts"
import { modelAt, type ServedModels } from "../../models/routing/served-models.ts"
import type { ServedModel, Target } from "../../models/routing/target.ts"
import { type Course, isChat, isOwn, wayTo } from "../../models/routing/way.ts"
import type { Held } from "../held-body.ts"
import { AskedOperation, faultIn } from "./asked-operation.ts"
import { readBody } from "./read-body.ts"

/** The field of a form in parts that is said rather than heard. */
const PROMPT = "prompt"

const NOTHING = { model: null, fault: null, losses: null } as const

/** What a request asks of a model: its address and its body, read as far as deciding and telling a provider need it. */
export class AskedModel {
  readonly endpoint: Endpoint
  readonly wanted: Wanted
  readonly #models: ServedModels
  bytes: Buffer = Buffer.alloc(0)
  #contentType: string | undefined
  /** As the caller names it. */
  model: string | undefined
  served: ServedModel | undefined
  body: JsonObject | undefined
  fields: readonly FormField[] = []
  /** Read where a target has to be told it in another format than the caller's, or what it says is looked at. */
  form: ChatRequest | undefined
  stream = false
  /** Asked for beside the body (`Accept`), where the endpoint takes that. */
  prefersStream = false
  /** It brings back what was carried for another provider's format. */
  #isCarrying = false
  readonly operation = new AskedOperation()

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

  /** Whether it asks for a text, in whatever dialect. */
  get isChat(): boolean {
    return isChat(this.wanted.operation)
  }

  get course(): Course {
    return {
      dialect: this.endpoint.dialect,
      operation: this.wanted.operation,
      stream: this.stream,
      framing: this.#framing,
      anew: this.guards !== undefined || this.endpoint.own !== undefined || this.#isCarrying,
    }
  }

  /** Takes the whole body; what it says is there afterwards. `contentType`: of a body in parts. */
  take({ length, bytes }: Held, contentType: string | undefined): ModelRequest {
    if (bytes === undefined) return { length, body: "not a JSON object", ...NOTHING }
    const read = readBody(bytes, this.endpoint.body, contentType)
    if (typeof read === "string") return { length, body: read, ...NOTHING }
    this.#contentType = contentType
    this.bytes = bytes
    this.body = read.json
    this.fields = read.fields
    this.model = this.wanted.model ?? read.model
    this.stream = this.wanted.stream ?? (read.json?.stream ?? this.prefersStream) === true
    this.served = this.model === undefined ? undefined : this.#models.find(this.model)
    this.guards = this.#guards?.of(this.model ?? null)
    this.#isCarrying = this.isChat && holdsCarried(bytes)
    return {
      length,
      body: "a JSON object",
      model: this.model ?? null,
      fault: this.#nameFault() ?? this.#readForm(),
      losses: null,
    }
  }

  /** What of the model's name would do more, in a field or an address, than name a model. */
  #nameFault(): string | undefined {
    const { model, served, course } = this
    if (model === undefined) return undefined
    const paths = served?.targets.flatMap((it) => {
      const way = wayTo(it, course)
      return way === undefined || way.kind === "count" ? [] : [way.path]
    })
    return nameFault(model) ?? (served && addressFault(model, served, paths ?? []))
  }

  /** A transcript that is looked at is told whole: in pieces of its own format, nothing would be found. */
  #streamsUnheard(): string | null {
    if (this.guards?.filtersAnswer !== true && this.guards?.judgesAnswer !== true) return null
    const isStreamed = this.fields.some(
      ({ name, from, to }) => name === "stream" && this.bytes.toString("latin1", from, to).toLowerCase() === "true",
    )
    return isStreamed ? "stream must be false or left out, as guardrails look at the whole transcript" : null
  }

  /** Reads the chat where somebody has to know what it says. What of it cannot be read, in words; null where all can. */
  #readForm(): string | null {
    const { served, body, course } = this
    if (served === undefined) return null
    if (body === undefined) return this.#streamsUnheard()
    if (!isChat(course.operation)) return this.#readOperation(served, body)
    const ways = served.targets.flatMap((it) => {
      const way = wayTo(it, course)
      return way === undefined || way.kind === "count" ? [] : [way]
    })
    if (!ways.some(({ kind }) => kind === "translate")) return null
    const { model } = this.wanted
    const stream = this.endpoint.own === undefined ? this.wanted.stream : this.stream
    const asked = {
      ...(model === undefined ? {} : { model }),
      ...(stream === undefined ? {} : { stream }),
      framing: this.#framing,
      staysInFormat: ways.every((it) => isOwn(course.dialect, it.format)),
    }
    return faultIn(() => {
      this.form = inboundAt(this.endpoint).readRequest(body, asked)
      if (this.endpoint.own !== undefined) this.#become(this.form)
    })
  }

  /** What is asked in a way of the gateway's own is weighed and remembered as what it comes to. */
  #become(form: ChatRequest): void {
    this.body = OUTBOUND["openai-chat"].writeRequest(form, {}, new Losses())
    this.bytes = Buffer.from(JSON.stringify(this.body))
  }

  /** As for a chat, where nobody can be told what is asked; targets that alone cannot are passed over. */
  #readOperation(served: ServedModel, body: JsonObject): string | null {
    const { course, model = "" } = this
    if (this.guards !== undefined && saysInTokens(body))
      return "input must be text rather than tokens, as guardrails look at what it says"
    return this.operation.read(body, course, served, model)
  }

  /** How a target is told what is asked, where it is no chat and does not pass as it is. */
  translationTo(target: Target): Translation | undefined {
    return translationFor(this.endpoint.dialect, this.wanted.operation, target)
  }

  /** Why a target cannot be asked this; undefined where it can. */
  whyNot(target: Target): string | undefined {
    if (wayTo(target, this.course) === undefined) return `does not offer ${this.wanted.operation}`
    return this.operation.whyNot(target)
  }

  /** Whether something of it may have to be left out on the way. */
  get mayLose(): boolean {
    return this.form !== undefined || this.served?.targets.some((it) => this.translationTo(it) !== undefined) === true
  }

  /** What is said in it, as far as it was read. */
  texts(): readonly SaidText[] {
    if (this.form !== undefined) return textsOf(this.form)
    return this.body === undefined ? this.#prompts() : bodyTexts(this.body)
  }

  /** What is said in a form in parts, beside its files. */
  #prompts(): readonly SaidText[] {
    return this.fields.flatMap(({ name, from, to }) =>
      name === PROMPT ? [{ role: "user", text: this.bytes.toString("utf8", from, to) }] : [],
    )
  }

  /** Blots out what guardrails mask, once the request has passed as it came. */
  mask(): void {
    const { form, body, guards } = this
    if (guards === undefined) return
    const texts = this.texts()
    const masked = guards.maskRequest(texts)
    // A member that stands twice was looked at once: what was looked at is what is sent.
    if (form === undefined && body !== undefined) this.bytes = Buffer.from(JSON.stringify(body))
    if (masked === texts) return
    let at = 0
    const next = ({ text }: SaidText): string => masked[at++]?.text ?? text
    if (form !== undefined) this.form = withTexts(form, next)
    else if (body !== undefined) {
      this.body = withBodyTexts(body, next)
      this.bytes = Buffer.from(JSON.stringify(this.body))
    } else this.#maskPrompt(masked[0]?.text ?? "")
  }

  /** A form that says something twice says it masked twice. */
  #maskPrompt(text: string): void {
    const boundary = boundaryOf(this.#contentType)
    this.bytes = withField(this.bytes, this.fields, PROMPT, text)
    const fields = boundary === undefined ? undefined : formFields(this.bytes, boundary)
    if (fields === undefined) throw new Error("a form that was read is none any more")
    this.fields = fields
  }

  /** The chat as targets are told it. Undefined where it was not read. */
  chatFor(losses: Losses): ChatRequest | undefined {
    if (this.form?.logprobs === undefined || this.guards?.filtersAnswer !== true) return this.form
    losses.drop("logprobs", "they would spell out what guardrails blot out of the answer")
    const { logprobs: _, ...rest } = this.form
    return rest
  }

  /** What a target cannot be told. */
  lossesAt(target: Target): Losses {
    const losses = new Losses()
    const way = wayTo(target, this.course)
    if (way?.kind !== "translate") return losses
    const { body, served, model } = this
    const form = this.chatFor(losses)
    if (form !== undefined) OUTBOUND[way.format].writeRequest(form, target.quirks, losses)
    else if (body !== undefined && served !== undefined && model !== undefined)
      this.translationTo(target)?.write(body, modelAt(target, served, model), target.quirks, losses)
    return losses
  }
}

import { cacheStatus } from "../../adapters/answers/cache-status.ts"
import { builtInEmbedding } from "../../adapters/answers/embedding.ts"
import { type Question, questionOf } from "../../adapters/answers/question.ts"
import { BUILT_IN } from "../../config/cache-schema.ts"
import type { ChatAnswer, Stop } from "../../models/form/answer.ts"
import { parseJson } from "../../models/json.ts"
import type { CacheRule } from "../../models/routing/target.ts"
import type { Embedding, NearAnswer } from "../../ports/answers.ts"
import type { Call } from "../call.ts"
import type { AskedModel } from "./asked-model.ts"
import { embeddingBy } from "./embedding-by.ts"
import { readKept } from "./kept-answer.ts"

/** An answer that was given before. */
export interface Recalled {
  readonly answer: ChatAnswer
  readonly kind: "hit" | "near"
}

/** Answers to keep: those that came to their end as the model meant it. */
const KEPT: ReadonlySet<Stop> = new Set<Stop>(["end", "stop-sequence", "tool-calls", "length"])

/** Fields by which a caller asks for another behaviour of the same model. */
const ASKING = ["anthropic-version", "anthropic-beta", "openai-beta"] as const

/** Of a query: how the answer is framed, and whose key it is. All else goes on to the provider. */
const HOW_TOLD = /[?&](?:alt|key)=[^&]*/g

/** What an answer depends on beside the request's body: by whom and by which rules it is given. */
const settingOf = ({ exchange, running }: Call, { served, guards }: AskedModel): readonly string[] => [
  running.plan.revision,
  guards?.digest ?? "",
  ...(served?.targets.map(({ id, origin }) => `${origin.id} ${id}`) ?? []),
  exchange.head.query.replace(HOW_TOLD, ""),
  ...ASKING.map((it) => exchange.head.fields.get(it) ?? ""),
]

/** What the cache of a model has to do with one call of it. */
export class AnswerMemory {
  readonly #call: Call
  readonly #asked: AskedModel
  readonly #settings: CacheRule
  readonly #question: Question
  readonly #tenant: string
  /** What the caller asks of caches: to be passed by, or not to keep anything (RFC 9111 §5.2.1). */
  readonly #isPassedBy: boolean
  readonly #isKept: boolean
  #vector: Embedding | undefined
  /** The value of `Cache-Status` (RFC 9211), once it was looked up. */
  status: string | undefined

  constructor(call: Call, asked: AskedModel, settings: CacheRule) {
    const control = call.exchange.head.fields.get("cache-control") ?? ""
    this.#call = call
    this.#asked = asked
    this.#settings = settings
    const of = [asked.endpoint.id, asked.wanted.operation, asked.model ?? "", ...settingOf(call, asked)]
    this.#question = questionOf(of, asked.body ?? {})
    // A key without a tenant is one of its own: what one was told is none of another's business.
    this.#tenant = call.tenant === undefined ? `key ${call.keyName ?? ""}` : `tenant ${call.tenant}`
    this.#isPassedBy = /\bno-(?:cache|store)\b/.test(control)
    this.#isKept = !/\bno-store\b/.test(control)
  }

  async recall(): Promise<Recalled | undefined> {
    if (this.#isPassedBy) {
      this.status = cacheStatus({ kind: "forwarded", why: "bypass", stored: false })
      return undefined
    }
    const { answers } = this.#call.running.outside
    const { exact } = this.#settings
    const same = exact === undefined ? undefined : answers.find(this.#tenant, this.#question.exact, this.#call.now)
    const near = same === undefined ? await this.#near() : undefined
    const found = same ?? near
    const answer = found === undefined ? undefined : readKept(parseJson(found.text))
    if (found === undefined || answer === undefined) {
      this.status = cacheStatus({ kind: "forwarded", why: "miss", stored: false })
      return undefined
    }
    const ttlMs = found.expiresAt - this.#call.now
    this.status = cacheStatus({ kind: "hit", ttlMs, ...(near && { similarity: near.similarity }) })
    return { answer, kind: same === undefined ? "near" : "hit" }
  }

  /** Keeps a whole answer that was told. Says whether it was. */
  keep(answer: ChatAnswer): boolean {
    if (!this.#isKept || !answer.choices.every(({ stop }) => KEPT.has(stop)) || answer.choices.length === 0)
      return false
    const { answers, clock } = this.#call.running.outside
    const now = clock()
    const whole = { isWhole: true, text: JSON.stringify(answer) } as const
    const { exact, semantic } = this.#settings
    if (exact !== undefined) answers.keep(this.#tenant, this.#question.exact, whole, now, now + exact.ttl)
    const { near } = this.#question
    if (semantic !== undefined && near !== undefined && this.#vector !== undefined)
      answers.keepNear(this.#tenant, near.scope, this.#vector, whole, now, now + semantic.ttl)
    return true
  }

  async #near(): Promise<NearAnswer | undefined> {
    const { semantic } = this.#settings
    const { near } = this.#question
    if (semantic === undefined || near === undefined) return undefined
    this.#vector = await this.#embedded(semantic.embed, this.#masked(near.text))
    if (this.#vector === undefined) return undefined
    const { answers } = this.#call.running.outside
    return answers.findNear(this.#tenant, near.scope, this.#vector, semantic.above, this.#call.now)
  }

  /** Who makes vectors is told no more than who answers. */
  #masked(text: string): string {
    return this.#asked.guards?.maskRequest([{ role: "user", text }])[0]?.text ?? text
  }

  /** A cache that cannot be asked is passed by; the call goes on. */
  async #embedded(model: string, text: string): Promise<Embedding | undefined> {
    if (model === BUILT_IN) return builtInEmbedding(text)
    try {
      return await embeddingBy(this.#call, model, text)
    } catch (fault) {
      this.#call.running.outside.onFault(fault)
      return undefined
    }
  }
}

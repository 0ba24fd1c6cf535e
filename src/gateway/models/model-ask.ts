import type { GuardAsk } from "../../facts/world.ts"
import { isObject, type Json, type JsonObject, listOf, numberOf, objectOf } from "../../models/json.ts"
import { authLines } from "../../models/providers/authentication.ts"
import { modelAt } from "../../models/routing/served-models.ts"
import { pathFor, wayTo } from "../../models/routing/way.ts"
import type { Call } from "../call.ts"

/** Of an answer that only says a score. */
const MOST_BYTES = 1024 * 1024

/** Asks others what guardrails want to know. */
export class ModelAsk implements GuardAsk {
  readonly #call: Call

  constructor(call: Call) {
    this.#call = call
  }

  get key(): string | null {
    return this.#call.keyName ?? null
  }

  post(url: string, body: unknown, withinMs: number): Promise<unknown> {
    return post(url, [], body, withinMs)
  }

  /** By a served model's `/moderations`: the highest score of any category. */
  async moderate(name: string, text: string, withinMs: number): Promise<number> {
    const answer = await askTarget(this.#call, name, "moderations", { input: text }, withinMs)
    const results = listOf(isObject(answer) ? answer.results : undefined)
    const scores = results.flatMap((it) => Object.values(objectOf(objectOf(it)?.category_scores) ?? {}))
    const highest = scores.flatMap((it) => numberOf(it) ?? [])
    if (highest.length === 0) throw new Error(`the moderation by ${name} names no score`)
    return Math.max(...highest)
  }
}

/** Asks the first target of a served model that offers it, in OpenAI's format. @throws where it cannot be asked. */
export function askTarget(
  call: Call,
  name: string,
  operation: "moderations" | "embeddings",
  body: JsonObject,
  withinMs: number,
): Promise<Json> {
  const destination = call.running.destinationOf(call.frame)
  const served = destination?.kind === "model" ? destination.models.find(name) : undefined
  const course = { dialect: "openai-chat", operation, stream: false, framing: "sse", anew: false } as const
  const target = served?.targets.find((it) => wayTo(it, course)?.kind === "pass")
  const path = target?.paths[operation]
  if (target === undefined || served === undefined || path === undefined)
    throw new Error(`no target of the model ${name} offers ${operation} in OpenAI's format`)
  const { origin, basePath, auth, keys, headers } = target
  const model = modelAt(target, served, name)
  const lines = [...headers, ...authLines(auth, keys[0]?.secret)]
  return post(origin.id + basePath + pathFor(path, model), lines, { ...body, model }, withinMs)
}

async function post(
  url: string,
  lines: readonly (readonly [string, string])[],
  body: unknown,
  withinMs: number,
): Promise<Json> {
  const response = await fetch(url, {
    method: "POST",
    headers: [["content-type", "application/json"], ...lines.map(([name, value]): [string, string] => [name, value])],
    body: JSON.stringify(body),
    redirect: "error",
    signal: AbortSignal.timeout(withinMs),
  })
  if (!response.ok) throw new Error(`it was answered with ${response.status}`)
  const bytes = await response.arrayBuffer()
  if (bytes.byteLength > MOST_BYTES) throw new Error(`it was answered with ${bytes.byteLength} bytes`)
  const answer: Json = JSON.parse(Buffer.from(bytes).toString("utf8"))
  return answer
}

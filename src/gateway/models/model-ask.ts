import type { GuardAsk } from "../../facts/world.ts"
import { isObject, type Json, listOf, numberOf, objectOf } from "../../models/json.ts"
import { authLines } from "../../models/providers/authentication.ts"
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
    const destination = this.#call.running.destinationOf(this.#call.frame)
    const served = destination?.kind === "model" ? destination.models.find(name) : undefined
    const target = served?.targets.find(({ paths }) => paths.moderations !== undefined)
    if (target === undefined) throw new Error(`no target of the model ${name} offers moderations`)
    const { origin, basePath, paths, auth, keys, model, headers } = target
    const lines = [...headers, ...authLines(auth, keys[0]?.secret)]
    const address = `${origin.id}${basePath}${paths.moderations}`
    const answer = await post(address, lines, { model, input: text }, withinMs)
    const results = listOf(isObject(answer) ? answer.results : undefined)
    const scores = results.flatMap((it) => Object.values(objectOf(objectOf(it)?.category_scores) ?? {}))
    const highest = scores.flatMap((it) => numberOf(it) ?? [])
    if (highest.length === 0) throw new Error(`the moderation by ${name} names no score`)
    return Math.max(...highest)
  }
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

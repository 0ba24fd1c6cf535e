import { z } from "zod"
import type { Source } from "../../decision/source.ts"
import type { Value } from "../../decision/value.ts"
import type { DecisionRecord } from "../../ports/records.ts"
import { BLOCK_HEAD, type BlockHead } from "./block-head.ts"
import type { Shape } from "./record-shape.ts"
import { rowOf } from "./rows.ts"
import { damage } from "./sqlite-fault.ts"

const VALUE = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])

const REFUSAL = z.object({
  emitter: z.string(),
  causes: z.array(z.object({ code: z.string(), confidence: z.number(), quotes: z.array(z.string()) })),
})

const MODEL = z.object({
  asked: z.string(),
  operation: z.string(),
  stream: z.boolean(),
  target: z.string().exactOptional(),
  passedOver: z.array(z.object({ target: z.string(), why: z.string() })),
  dropped: z.array(z.string()),
  usage: z.record(z.string(), z.number()).exactOptional(),
  cost: z.number().exactOptional(),
  cache: z.string().exactOptional(),
})

/** The upstream's status, alone or with what was found out about its refusal; or all that became of a model's call. */
const UPSTREAM = z.union([
  z.number(),
  z.null(),
  z.tuple([z.number(), REFUSAL]),
  z.object({ status: z.number().exactOptional(), refusal: REFUSAL.exactOptional(), model: MODEL }),
])

const LINE = z.tuple(
  [
    z.string(),
    z.number(),
    z.enum(["permit", "deny"]),
    z.string().nullable(),
    z.number(),
    UPSTREAM,
    z.string(),
    z.string().nullable(),
    z.number(),
    z.int(),
  ],
  VALUE,
)

function upstreamOf(
  upstream: z.infer<typeof UPSTREAM>,
): Pick<DecisionRecord, "upstreamStatus" | "upstreamRefusal" | "model"> {
  if (upstream === null) return {}
  if (typeof upstream === "object" && "model" in upstream) {
    const { status, refusal, model } = upstream
    return {
      ...(status !== undefined && { upstreamStatus: status }),
      ...(refusal !== undefined && { upstreamRefusal: refusal }),
      model,
    }
  }
  if (typeof upstream === "number") return { upstreamStatus: upstream }
  const [upstreamStatus, upstreamRefusal] = upstream
  return { upstreamStatus, upstreamRefusal }
}

/** Reads what `BlockWriter` wrote, and only the lines that are asked for. Every method may throw a StoreFault. */
export class BlockReader {
  readonly #text: string
  readonly #path: string
  readonly #headAt: number
  #head: BlockHead | undefined

  /** `path`: the file it is from, as faults name it. */
  constructor(text: string, path: string) {
    this.#text = text
    this.#path = path
    this.#headAt = text.lastIndexOf("\n") + 1
  }

  /** @throws StoreFault */
  static ofBody(body: Uint8Array, path: string): BlockReader {
    try {
      return new BlockReader(Bun.zstdDecompressSync(body).toString("utf8"), path)
    } catch (error) {
      throw damage(path, String(error))
    }
  }

  find(id: string): DecisionRecord | undefined {
    // Within a line every quotation mark of a value is escaped, and no line feed is: this only matches a line's start.
    const mark = `[${JSON.stringify(id)},`
    const at = this.#text.startsWith(mark) ? 0 : this.#text.indexOf(`\n${mark}`) + 1
    if (at === 0 && !this.#text.startsWith(mark)) return undefined
    return this.#record(this.#text.slice(at, this.#text.indexOf("\n", at)))
  }

  /** Newest first. */
  *records(): Generator<DecisionRecord> {
    // Every line begins with its id, so the text sorts as the ids do.
    const lines = this.#text.slice(0, this.#headAt).split("\n").sort().reverse()
    for (const line of lines) if (line !== "") yield this.#record(line)
  }

  #record(line: string): DecisionRecord {
    const row = rowOf(LINE, this.#parsed(line), this.#path)
    const [id, at, verdict, cause, status, upstream, requestId, key, took, number, ...rest] = row
    const head = this.#readHead()
    const shape = head.shapes[number]
    if (shape === undefined) throw damage(this.#path, `record ${id} has no shape`)
    const values = rest.slice(0, shape.facts.length)
    const places = rest.slice(shape.facts.length).map((it) => (typeof it === "number" ? head.sources[it] : undefined))
    return {
      id,
      at,
      verdict,
      ...(cause === null ? {} : { cause }),
      status,
      ...upstreamOf(upstream),
      requestId,
      ...(key === null ? {} : { key }),
      took,
      frame: {
        revision: shape.revision,
        phase: shape.phase,
        facts: this.#zip<Value>(shape.facts, values),
        unknown: shape.unknown,
        sources: this.#zip<Source>(shape.placed, places),
      },
    }
  }

  #zip<T>(names: Shape["facts"], values: readonly (T | undefined)[]): Record<string, T> {
    const zipped: [string, T][] = names.map((name, i) => {
      const value = values[i]
      if (value === undefined) throw damage(this.#path, `a record lacks "${name}"`)
      return [name, value]
    })
    return Object.fromEntries(zipped)
  }

  #readHead(): BlockHead {
    this.#head ??= rowOf(BLOCK_HEAD, this.#parsed(this.#text.slice(this.#headAt)), this.#path)
    return this.#head
  }

  #parsed(json: string): unknown {
    try {
      return JSON.parse(json)
    } catch (error) {
      throw damage(this.#path, String(error))
    }
  }
}

import type { z } from "zod"
import type { Asked } from "./asked.fixture.ts"
import type { Answer } from "./script.fixture.ts"
import type { Heard, Reply } from "./server.fixture.ts"

/** One provider's side of one wire format: reads requests as strictly as the real one, writes answers. */
export interface Wire {
  /** Answers a request; throws `Refused` for what the real provider would not take. */
  answer(heard: Heard, turn: Turn): Reply
  /** The format's own error. */
  refuse(problem: Problem, turn: Turn): Reply
  /** The error within a stream which has begun. Absent: the format has none, the stream is cut. */
  readonly midstream?: Uint8Array
}

/** What a wire is given for one request. */
export interface Turn {
  /** The number of the request at this provider, from 1: ids are made of it. */
  readonly serial: number
  /** Says that this model is asked for; throws `Refused` where its name asks for a fault by status. */
  meet(model: string): void
  /** `meet`, and the script's answer. */
  decide(asked: Asked): Answer
}

export interface Problem {
  readonly status: number
  readonly message: string
  /** The format's own word for the kind of error, where it is not the usual one of the status. */
  readonly type?: string
  readonly code?: string
  /** The place in the request, like `messages.0.role`. */
  readonly param?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What a real provider refuses. */
export class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

/** The key that every scripted provider takes. */
export const providerKey = "test-key"

export const json = (status: number, headers: Readonly<Record<string, string>>, body: unknown): Reply => ({
  kind: "whole",
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
})

export const stream = (
  type: string,
  headers: Readonly<Record<string, string>>,
  frames: readonly Uint8Array[],
): Reply => ({
  kind: "stream",
  headers: { "cache-control": "no-cache", ...headers, "content-type": type },
  frames,
  pause: 0,
  end: "whole",
})

/** How a format words that a field is wrong. */
export type Wording = (place: readonly PropertyKey[], issue: string, unknown: readonly string[]) => string

/**
 * The JSON body, held against the schema. Fields of the top level which begin with `x_` are let through unread, for
 * tests of what is passed on untouched.
 */
export function bodyOf<T>(heard: Heard, schema: z.ZodType<T>, wording: Wording, unparsed: string): T {
  const body = parsed(heard.body, unparsed)
  const found = schema.safeParse(withoutExtras(body))
  if (found.success) return found.data
  const { path, message, keys } = deepest(found.error.issues)
  throw new Refused({ status: 400, message: wording(path, message, keys), param: path.join(".") })
}

function parsed(body: Buffer, unparsed: string): unknown {
  try {
    return JSON.parse(body.toString("utf8"))
  } catch (error) {
    throw new Refused({ status: 400, message: unparsed.replace("%s", String(error)) })
  }
}

const withoutExtras = (body: unknown): unknown =>
  typeof body === "object" && body !== null && !Array.isArray(body)
    ? Object.fromEntries(Object.entries(body).filter(([name]) => !name.startsWith("x_")))
    : body

interface Place {
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys: readonly string[]
}

/** Of the alternatives of unions, the complaint that is furthest in: it is about the alternative that was meant. */
function deepest(issues: readonly z.core.$ZodIssue[], before: readonly PropertyKey[] = []): Place {
  const places = issues.map((issue): Place => {
    const path = [...before, ...issue.path]
    if (issue.code === "invalid_union" && issue.errors.length > 0) return deepest(issue.errors.flat(), path)
    return { path, message: issue.message, keys: issue.code === "unrecognized_keys" ? issue.keys : [] }
  })
  const first: Place = places[0] ?? { path: before, message: "Invalid", keys: [] }
  return places.reduce((best, it) => (it.path.length > best.path.length ? it : best), first)
}

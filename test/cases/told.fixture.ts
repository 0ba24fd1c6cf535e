import type { Explanation } from "../../src/decision/explain.ts"
import { fixes } from "../../src/decision/fixes.ts"
import { AUDIENCES, type Audience } from "../../src/decision/party.ts"
import { replay } from "../../src/decision/record.ts"
import { simulate, simulateFrame } from "../../src/decision/simulate.ts"
import { problem } from "../../src/gateway/problem.ts"
import { type Replayed, replayed } from "../../src/management/replayed.ts"
import { bodyOf, type Got } from "./caller.fixture.ts"
import type { Lived } from "./live.fixture.ts"
import { pretty } from "./pretty.fixture.ts"

/** The cause a simulation comes to when it is told what the live decision saw; undefined where it finds none. */
export function simulatedCause({ plan, record }: Lived): string | undefined {
  if (record === undefined) return undefined
  const { facts, sources, unknown, phase } = record.frame
  const simulation =
    unknown.length === 0
      ? simulate(plan.plan, new Map(Object.entries(facts)), new Map(Object.entries(sources)), phase)
      : // What was read in vain is not merely untold, which only a frame can say.
        simulateFrame(replay(plan.plan, record.frame), phase)
  return simulation.kind === "deny" ? simulation.blockers[0].cause.code : undefined
}

/** The decision, decided again from the store by the stored plan, as each audience may be told it. */
export function replayedFor({ store, record }: Lived): ReadonlyMap<Audience, Replayed> {
  if (record === undefined) return new Map()
  return new Map(AUDIENCES.map((it) => [it, replayed(store, record.id, it)]))
}

/** What an answer tells of a refusal, in either dialect and also at the end of a stream; undefined for an answer that is none. */
export function toldBy(got: Got): Told | undefined {
  const text = /^data: (\{"error":.*)$/m.exec(bodyOf(got))?.[1] ?? bodyOf(got)
  if (!text.startsWith("{")) return undefined
  const body = JSON.parse(text)
  return body.cause === undefined && body.error === undefined ? undefined : core(body.error?.data ?? body.error ?? body)
}

/** The same of an explanation. Whom else a mend lets in is asked when a decision is explained, and not while it is made. */
export function toldOf(explanation: Explanation | undefined): Told | undefined {
  if (explanation === undefined) return undefined
  const mends = explanation.mends.map(({ reach: _, ...mend }) => mend)
  return core(JSON.parse(problem({ ...explanation, mends }, "")))
}

/** In the middle of an answer nothing is looked for that would mend it. */
export function withoutFixes(told: Told | undefined): Omit<Told, "fix"> | undefined {
  if (told === undefined) return undefined
  const { fix: _, ...rest } = told
  return rest
}

type Told = Readonly<Record<"cause" | "title" | "stage" | "evidence" | "near" | "fix", unknown>>

const core = ({ cause, title, stage, evidence, near = [], fix }: Told): Told => ({
  cause,
  title,
  stage,
  evidence,
  near,
  fix,
})

/** The explanation for each audience, those that read the same together. */
export function explained(told: ReadonlyMap<Audience, Replayed>): ReadonlyMap<string, string> {
  const audiences = Map.groupBy(told.keys(), (it) => {
    const explanation = told.get(it)?.explanation
    return explanation === undefined ? "" : sentences(explanation)
  })
  return new Map([...audiences].map(([text, them]) => [`told to ${them.join(" and ")}`, stable(text)]))
}

/** All that an explanation says, a line each. */
function sentences(explanation: Explanation): string {
  const { status, cause, title, detail, evidence, near } = explanation
  const asked = (at: string | undefined): string => (at === undefined ? "" : `, asked for at ${at}`)
  const held = (at: string | undefined): string => (at === undefined ? "" : `, held at ${at}`)
  return [
    `${status} ${cause}: ${title}`,
    detail,
    ...evidence.map((it) => `evidence: ${it.fact}: ${it.said}${asked(it.at)}${held(it.observedAt)}`),
    ...near.map((it) => `near: ${it.name}: ${it.said}${it.at === undefined ? "" : `, at ${it.at}`}`),
    ...fixes(explanation).map((it) => `${it.verified ? "verified" : "advice"}: ${it.by}: ${it.does}`),
  ].join("\n")
}

/** An answer as a case file and a page show it. */
export function shownAnswer(got: Got): string {
  const [head = ""] = got.text.split("\r\n\r\n")
  const body = bodyOf(got)
  const isJson = body.startsWith("{") && !got.isCut
  const shown = isJson ? pretty(JSON.parse(body)) : body.replaceAll("\r\n", "\n")
  const end = got.isCut ? "\n(here the connection is reset)" : ""
  return stable(`${head.replaceAll("\r\n", "\n")}\n\n${shown}${end}`).trimEnd()
}

/** Without what differs from run to run. */
const stable = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, "0194210a-5a00-7000-8000-3e1f4b6c0a11")
    .replace(/127\.0\.0\.1:\d{4,5}/g, "orders.internal:9000")

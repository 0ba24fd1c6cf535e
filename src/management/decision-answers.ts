import { causeOf } from "../causes/catalogue.ts"
import { pageOf } from "../causes/page.ts"
import { AUDIENCES } from "../decision/party.ts"
import type { RecordQuery } from "../ports/records.ts"
import type { Store } from "../ports/store.ts"
import { decisionFacts, explanationFacts, recordFacts } from "./decision-facts.ts"
import { awaitDecision } from "./find-decision.ts"
import { noCause } from "./meant-cause.ts"
import { problemAnswer } from "./problem-answer.ts"
import { NotExplained, replayed } from "./replayed.ts"

/** `GET /decisions/{id}`: all there is to know; `?audience=` asks for what a caller was told, and no more. */
export async function decisionAnswer(id: string, wanted: string | null, store: Store): Promise<Response> {
  const audience = AUDIENCES.find((it) => it === (wanted ?? "operator"))
  if (audience === undefined)
    return problemAnswer(400, "There is no such audience", `It is one of ${AUDIENCES.join(", ")}.`)
  await awaitDecision(store.records, id)
  try {
    const told = replayed(store, id, audience)
    if (audience === "operator") return Response.json(decisionFacts(told))
    const { explanation } = told
    return Response.json({ id, ...(explanation === undefined ? {} : { explanation: explanationFacts(explanation) }) })
  } catch (error) {
    if (error instanceof NotExplained) return problemAnswer(404, "The decision cannot be explained", error.message)
    throw error
  }
}

/** `GET /decisions`: newest first. */
export function recentAnswer(search: URLSearchParams, { records }: Store): Response {
  const verdict = search.get("verdict")
  const limit = Number(search.get("limit") ?? 50)
  if (verdict !== null && verdict !== "permit" && verdict !== "deny")
    return problemAnswer(400, "There is no such verdict", "It is permit or deny.")
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    return problemAnswer(400, "That many cannot be listed", "limit is a whole number from 1 to 1000.")
  const cause = search.get("cause")
  if (cause !== null && causeOf(cause) === undefined)
    return problemAnswer(400, "There is no such cause", noCause(cause))
  const query: RecordQuery = { limit, ...(cause === null ? {} : { cause }), ...(verdict === null ? {} : { verdict }) }
  return Response.json(records.recent(query).map(recordFacts))
}

/** `GET /causes/{code}` */
export async function causeAnswer(code: string): Promise<Response> {
  const page = await pageOf(code)
  if (page === undefined) return problemAnswer(404, "There is no such cause", noCause(code))
  return new Response(page, { headers: { "content-type": "text/markdown; charset=utf-8" } })
}

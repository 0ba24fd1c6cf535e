import { expect } from "bun:test"
import { z } from "zod"
import { replayed } from "../src/management/replayed.ts"
import type { DecisionRecord } from "../src/ports/records.ts"
import type { TestGateway } from "./gateway.fixture.ts"
import { allOf, firstOf, type Message, statusOf } from "./message.fixture.ts"

const PROBLEM = z.object({
  type: z.string(),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string().min(1),
  cause: z.string(),
  decision: z.string(),
  evidence: z.array(z.object({ fact: z.string(), said: z.string().min(1) })).min(1),
  fix: z.array(z.object({ by: z.string(), does: z.string().min(1) })).min(1),
})

export interface Refusal {
  readonly status: number
  readonly cause: string
}

/** Checks that an answer is a whole refusal with its reason, kept and decided alike again. Returns its record. */
export function expectRefusal(gateway: TestGateway, answer: Message, { status, cause }: Refusal): DecisionRecord {
  expect({ status: statusOf(answer), cause: allOf(answer.fields, "pinpoint-cause") }).toEqual({
    status,
    cause: [cause],
  })
  expect(answer.isWhole).toBe(true)
  expect(firstOf(answer.fields, "content-type")).toBe("application/problem+json")
  expect(firstOf(answer.fields, "proxy-status")).toStartWith("pinpoint; error=")
  const told = PROBLEM.parse(JSON.parse(answer.body.toString()))
  const decision = firstOf(answer.fields, "pinpoint-decision") ?? ""
  expect({ status: told.status, cause: told.cause, decision: told.decision }).toEqual({ status, cause, decision })
  expect(told.type).toBe(`/.well-known/pinpoint/causes/${cause}`)
  const record = keptDenial(gateway, decision, cause)
  expect(record.status).toBe(status)
  return record
}

/** The record of a refusal, once it was decided again by the plan that made it and came out alike. */
export function keptDenial({ store }: TestGateway, decision: string, cause: string): DecisionRecord {
  store.records.flush()
  const { record, explanation } = replayed(store, decision, "operator")
  expect({ verdict: record.verdict, kept: record.cause, replayed: explanation?.cause }).toEqual({
    verdict: "deny",
    kept: cause,
    replayed: cause,
  })
  return record
}

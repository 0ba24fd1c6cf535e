import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test"
import type { CaseAnswer } from "../../src/diagnosis/answer.ts"
import { diagnoseCase } from "../../src/diagnosis/diagnose-case.ts"
import { PATIENCE } from "../process.fixture.ts"
import { decoyed } from "./emitters-decoys.fixture.ts"
import { exhibitsOf, type View } from "./emitters-exhibits.fixture.ts"
import { HAPROXY_REFUSALS } from "./emitters-haproxy.fixture.ts"
import { HTTPD_REFUSALS, WAF_REFUSALS } from "./emitters-httpd.fixture.ts"
import { NGINX_REFUSALS } from "./emitters-nginx.fixture.ts"
import type { Refusal } from "./emitters-refusal.fixture.ts"
import { CAN_STAGE, type Kind, type Observed, Stage } from "./emitters-stage.fixture.ts"

setDefaultTimeout(PATIENCE)

const REFUSALS: readonly (readonly [Kind, string, readonly Refusal[]])[] = [
  ["nginx", "nginx", NGINX_REFUSALS],
  ["httpd", "apache", HTTPD_REFUSALS],
  // ModSecurity's answer is httpd's own page.
  ["waf", "apache", WAF_REFUSALS],
  ["haproxy", "haproxy", HAPROXY_REFUSALS],
]
const EACH = REFUSALS.flatMap(([kind, emitter, all]) =>
  all.map((refusal, at) => ({ kind, emitter, at, refusal, called: `${kind}: ${refusal.name}` })),
)

const stage = new Stage()
beforeAll(() => (CAN_STAGE ? stage.start() : undefined))
afterAll(() => stage.stop())

const answered = (seen: Observed, view: View, others?: readonly string[]): Promise<CaseAnswer> =>
  diagnoseCase(exhibitsOf(seen, view, others))
const first = ({ causes: [it] }: CaseAnswer): string => it?.code ?? "none"

describe("a refusal that a real server wrote is led to its cause", () => {
  for (const { kind, emitter, at, refusal, called } of EACH)
    for (const isBehind of kind === "haproxy" || refusal.isAlone ? [false] : [false, true])
      test.skipIf(!CAN_STAGE)(`${called}${isBehind ? ", relayed by another server" : ""}`, async () => {
        const seen = await stage.observe(kind, at, refusal, isBehind)
        expect(seen.exchange.status).toBe(403)
        expect(seen.error.length > 0 || !refusal.isLogged || kind === "haproxy").toBe(true)

        const all = await answered(seen, "all")
        expect(first(all)).toBe(refusal.cause)
        expect(all.causes[0]?.evidence).not.toBeEmpty()
        const named = [refusal.cause, ...(refusal.also ?? [])]
        if (refusal.isLogged)
          for (const view of ["answer and log", "log"] as const)
            expect(named).toContain(first(await answered(seen, view)))
        if (refusal.isPageOwn) await expectAttributed(seen, emitter, isBehind && kind !== "nginx" ? ["nginx"] : [])
      })
})

/** The page names who wrote it, whoever passed it on. HAProxy leaves nothing in what it passes on. */
async function expectAttributed(seen: Observed, emitter: string, relays: readonly string[]): Promise<void> {
  const answer = await answered(seen, "answer")
  expect(answer.emitter).toBe(emitter)
  const hops = answer.hops.map((it) => `${it.emitter} ${it.state}`).toSorted()
  expect(hops).toEqual([`${emitter} emitted`, ...relays.map((it) => `${it} relayed`)].toSorted())
}

test.skipIf(!CAN_STAGE)("each cause is seen in a line or a setting of the server itself", async () => {
  for (const { kind, at, refusal } of EACH) {
    const seen = await stage.observe(kind, at, refusal, false)
    const [cause] = (await answered(seen, "all")).causes
    const places = cause?.evidence.map((it) => it.from.replace(/:\d+$/, "")) ?? []
    expect(
      places.some((it) => ["error.log", "access.log", "front.log", "config", "ls", "response_body"].includes(it)),
    ).toBe(true)
  }
})

/** Whose line it is can be told where the request is given; in a log alone both are refusals that someone could mean. */
test.skipIf(!CAN_STAGE)(
  "lines about another client's request, some seconds before, do not change the cause",
  async () => {
    const wrong: string[] = []
    for (const { called, named, seen, others } of await decoyed(stage))
      for (const view of ["all", "answer and log"] as const) {
        // Without its configuration a refusal that is not logged has no cause to find.
        if (view !== "all" && seen.error.length === 0) continue
        const found = first(await answered(seen, view, others))
        if (!named.includes(found)) wrong.push(`${called} (${view}): ${found}`)
      }
    expect(wrong).toEqual([])
  },
)

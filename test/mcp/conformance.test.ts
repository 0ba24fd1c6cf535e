import { describe, expect, test } from "bun:test"
import { conformanceGateway } from "./conformance/gateway.fixture.ts"
import { EXCLUDED, REQUIRED } from "./conformance/required.fixture.ts"
import { runSuite } from "./conformance/run.fixture.ts"

const REVISIONS = ["2025-11-25", "2026-07-28"] as const

for (const transport of ["http", "stdio"] as const)
  describe(`the official conformance suite, through the gateway, with a server over ${transport}`, () => {
    for (const revision of REVISIONS)
      test(`passes all that ${revision} requires, and all else but what is excluded`, async () => {
        const { url, gateway, stop } = await conformanceGateway(transport)
        try {
          const { scenarios, notScored } = await runSuite(url, revision)
          const required = scenarios.filter(({ name }) => !notScored.has(name))
          expect(required.map(({ name }) => name).sort()).toEqual([...REQUIRED[revision]].sort())
          expect(required.filter(({ failed, passed }) => failed > 0 || passed === 0)).toEqual([])
          const failing = scenarios.filter(({ failed, passed }) => failed > 0 || passed === 0).map(({ name }) => name)
          expect(failing.filter((it) => !EXCLUDED.has(it))).toEqual([])
          expect(gateway.faults).toEqual([])
        } finally {
          await stop()
        }
      }, 120_000)
  })

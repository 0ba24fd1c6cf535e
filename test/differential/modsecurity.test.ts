import { describe, expect, test } from "bun:test"
import { diagnoseModsecurity } from "../../src/servers/modsecurity/diagnose.ts"
import { exhibitsOf } from "../../src/servers/modsecurity/lines.fixture.ts"
import { modsecurityDifferential } from "./modsecurity.fixture.ts"
import { ModSecurityServer } from "./modsecurity-server.fixture.ts"

describe.skipIf(!ModSecurityServer.isInstalled)("beside a real httpd with ModSecurity and the Core Rule Set", () => {
  test("scores add up to what the server says, and what is written lets in the request and whom it was said to", async () => {
    const run = await modsecurityDifferential({ cases: 40, seed: 20_261_121 })
    expect(run.disagreements).toEqual([])
    // Of the generated requests some are refused by nothing; enough must be for the run to say something.
    expect(run.refused).toBeGreaterThanOrEqual(25)
    expect(run.probes).toBeGreaterThanOrEqual(200)
  }, 120_000)

  test("an exclusion for all paths, where the path is not known, is read after the rules", async () => {
    const server = new ModSecurityServer({ threshold: 5, level: 1, critical: 5 })
    try {
      await server.start()
      const wire = (path: string, field: string): string =>
        `GET ${path}?${field}=%3Cscript%3E HTTP/1.1\r\nHost: a.example\r\nUser-Agent: a\r\nAccept: */*\r\nConnection: close\r\n\r\n`
      expect((await server.send(wire("/a", "note"))).status).toBe(403)
      server.exclude("", exclusionsWithoutPath(server.errorLines()))
      await server.restart()
      const statuses = [wire("/a", "note"), wire("/b", "note"), wire("/a", "other")].map((it) => server.send(it))
      expect((await Promise.all(statuses)).map((it) => it.status)).toEqual([204, 204, 403])
    } finally {
      await server.stop()
    }
  }, 60_000)
})

/** As if only the rules' own words had been kept of each line. */
function exclusionsWithoutPath(lines: readonly string[]): string {
  const [finding] = diagnoseModsecurity(exhibitsOf(lines.map((it) => it.replace(/ \[uri "[^"]*"\]/, ""))))
  return finding?.fixes[0]?.written ?? ""
}

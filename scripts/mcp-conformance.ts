// Runs the official MCP conformance suite through the gateway and prints a table: `bun scripts/mcp-conformance.ts`.
// `--markdown` prints it as docs/mcp.md has it. Exit code 1 where something fails that is not excluded.
import { conformanceGateway } from "../test/mcp/conformance/gateway.fixture.ts"
import { EXCLUDED } from "../test/mcp/conformance/required.fixture.ts"
import { runSuite, type ScenarioResult, type SuiteResult } from "../test/mcp/conformance/run.fixture.ts"

const isMarkdown = process.argv.includes("--markdown")
const rows: string[] = []

for (const transport of ["http", "stdio"] as const)
  for (const revision of ["2025-11-25", "2026-07-28"]) {
    const { url, stop } = await conformanceGateway(transport)
    const suite = await runSuite(url, revision)
    await stop()
    if (!isMarkdown) printAll(transport, suite)
    rows.push(rowOf(transport, suite))
  }

console.log("| server behind | revision | required scenarios | checks | further scenarios | excluded |")
console.log("|---|---|---|---|---|---|")
for (const row of rows) console.log(row)

function rowOf(transport: string, { revision, scenarios, notScored }: SuiteResult): string {
  const required = scenarios.filter(({ name }) => !notScored.has(name))
  const further = scenarios.filter(({ name }) => notScored.has(name) && !EXCLUDED.has(name))
  const excluded = scenarios.filter(({ name }) => EXCLUDED.has(name))
  if ([...required, ...further].some(({ passed, failed }) => failed > 0 || passed === 0)) process.exitCode = 1
  const checks = required.reduce((sum, { passed }) => sum + passed, 0)
  const all = required.reduce((sum, { passed, failed }) => sum + passed + failed, 0)
  return `| ${transport} | ${revision} | ${share(required)} | ${checks} of ${all} | ${share(further)} | ${excluded.length} |`
}

function share(scenarios: readonly ScenarioResult[]): string {
  return `${scenarios.filter(({ passed, failed }) => failed === 0 && passed > 0).length} of ${scenarios.length}`
}

function printAll(transport: string, { revision, scenarios, notScored }: SuiteResult): void {
  console.log(`\n${revision}, a server over ${transport}`)
  for (const { name, passed, failed, failures } of scenarios) {
    const why = EXCLUDED.get(name) ?? notScored.get(name)
    console.log(
      `${failed === 0 ? "ok  " : "FAIL"} ${name} ${passed}/${passed + failed}${why === undefined ? "" : ` (${why})`}`,
    )
    if (!EXCLUDED.has(name)) for (const it of failures) console.log(`     ${it}`)
  }
}

import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** How one scenario of the suite came out. */
export interface ScenarioResult {
  readonly name: string
  readonly passed: number
  readonly failed: number
  /** What failed, one line each. */
  readonly failures: readonly string[]
}

export interface SuiteResult {
  readonly revision: string
  readonly scenarios: readonly ScenarioResult[]
  /** Scenarios the suite runs and does not score for the revision, with its reason. */
  readonly notScored: ReadonlyMap<string, string>
}

const SUITE = join(import.meta.dir, "../../../node_modules/@modelcontextprotocol/conformance/dist/index.js")

/** Runs the official suite against a server: exactly the scenarios that a revision requires, and those it runs beside them. */
export async function runSuite(url: string, revision: string): Promise<SuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), "mcp-conformance-"))
  try {
    const child = Bun.spawn([process.execPath, SUITE, "server", "--url", url, "--requirements", revision], {
      cwd: folder,
      stdout: "pipe",
      stderr: "pipe",
    })
    const [out, err] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
    await child.exited
    return read(revision, `${out}\n${err}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function read(revision: string, printed: string): SuiteResult {
  const [, summary = ""] = printed.split("=== SUMMARY ===")
  const text = Bun.stripANSI(summary)
  const scenarios: ScenarioResult[] = []
  let failures: string[] = []
  for (const line of text.split("\n")) {
    const [, name, passed, failed] = /^\s*[✓✗] ([\w-]+): (\d+) passed, (\d+) failed/.exec(line) ?? []
    if (name !== undefined) {
      failures = []
      scenarios.push({ name, passed: Number(passed), failed: Number(failed), failures })
    } else if (/^\s+- /.test(line)) failures.push(line.trim())
  }
  const notScored = new Map(
    [...text.matchAll(/^\s*[✓✗] ([\w-]+) \(([\w-]+)\)/gm)].map(([, name = "", why = ""]) => [name, why]),
  )
  return { revision, scenarios, notScored }
}

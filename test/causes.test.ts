import { describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { join, relative } from "node:path"
import { Glob } from "bun"
import manifest from "../package.json" with { type: "json" }
import { CAUSES } from "../src/causes/catalogue.gen.ts"
import type { DocumentedCause } from "../src/causes/cause.ts"
import { REQUEST_FAULTS, UPSTREAM_FAULTS } from "../src/http/fault.ts"
import { PROVIDER_FAULTS } from "../src/models/provider-fault.ts"

const root = join(import.meta.dir, "..")
const causes = join(root, "src/causes")
const codes = CAUSES.map((it) => it.code)
const filesOf = (ending: string): string[] =>
  [...new Glob(`*/*${ending}`).scanSync(causes)].map((it) => it.slice(0, -ending.length)).sort()

describe("a cause", () => {
  test("has a file whose path is its code, and every file is in the catalogue", () => {
    expect(filesOf(".ts")).toEqual([...codes].sort())
  })

  test("has a worked example, and every example has a cause", () => {
    expect(filesOf(".case")).toEqual([...codes].sort())
  })

  test("once released never disappears", async () => {
    const released = (await Bun.file(join(causes, "released.txt")).text()).trim().split("\n")
    expect(released.filter((it) => !codes.some((code) => code === it))).toEqual([])
    expect(released).toEqual([...released].sort())
  })

  test("is met somewhere: as a fault on the wire, as one of an upstream or a provider, or by a file that names it", async () => {
    const faults = [
      ...REQUEST_FAULTS.map((it) => `wire/${it}`),
      ...UPSTREAM_FAULTS.map((it) => `upstream/${it}`),
      ...PROVIDER_FAULTS.map((it) => `provider/${it}`),
    ]
    expect([...faults, ...(await importedCauses())].sort()).toEqual([...codes].sort())
  })
})

/** Causes that files outside `src/causes` import; those of faults are found by their code. */
async function importedCauses(): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const file of new Glob("**/*.ts").scanSync(join(root, "src"))) {
    if (file.startsWith("causes/") || /\.(test|fixture|test-d)\.ts$/.test(file)) continue
    const text = await Bun.file(join(root, "src", file)).text()
    for (const [, path] of text.matchAll(/from "(?:\.\.\/)+causes\/([a-z-]+\/[a-z-]+)\.ts"/g)) if (path) found.add(path)
  }
  return found
}

describe("what is generated of the causes and of the schema", () => {
  for (const [script] of manifest.scripts.generate.matchAll(/scripts\/[a-z-]+\.ts/g))
    test(`is as ${script} writes it`, async () => {
      const check = Bun.spawn([process.execPath, join(root, script), "--check"], { cwd: root, stderr: "pipe" })
      expect([await new Response(check.stderr).text(), await check.exited]).toEqual(["", 0])
    })

  test("has a page for every cause, and no page for another", () => {
    const pages = [...new Glob("*/*.md").scanSync(join(root, "docs/causes"))].map((it) => it.replace(/\.md$/, ""))
    expect(pages.sort()).toEqual([...codes].sort())
  })
})

/** First words of a fix. It tells somebody to do something. */
const VERBS =
  /^(Add|Ask|Call|Change|Check|Correct|Encode|End|Give|Grant|Leave|Let|Look|Make|Mend|Name|Raise|Remove|Renew|Repeat|Say|See|Send|Set|Speak|Take|Tell|Top|Try|Use|Wait|Write) /
const BLAME = /\b(you failed|illegal|bad|wrong|stupid|forbidden|abuse|must not|should not have)\b/i
/** Causes that hold no value of the reader's: what was sent is a secret or not to be said again, is told in words of ours, or nothing was judged. */
const VALUELESS = new Set([
  "content/banned-term",
  "content/guardrail-unavailable",
  "identity/key-invalid",
  "internal/unreadable",
  "model/no-target",
  "model/not-carried",
  "model/request-invalid",
  "route/not-found",
])

describe("the wording", () => {
  for (const cause of CAUSES)
    describe(cause.code, () => {
      test("has a title that is one sentence without its period", () => {
        expect(cause.title).toMatch(/^[`A-Z].*[^.!?]$/)
        expect(cause.title).not.toMatch(/[.!?] /)
      })

      test("has fixes that begin with a verb and go without their period", () => {
        for (const { does } of cause.fix) {
          expect(does).toMatch(VERBS)
          expect(does).not.toMatch(/[.!]$/)
        }
      })

      test("blames nobody", () => {
        expect(everything(cause)).not.toMatch(BLAME)
      })

      test("is whole sentences, whether or not both sides may be told", () => {
        for (const told of TOLD) {
          const detail = cause.explain([{ fact: "quota.requests-per-minute-by-key", said: "it is not", ...told }])
          expect(detail).toMatch(/^[`A-Z].*\.$/)
          expect(detail).not.toMatch(/undefined|null|NaN|\.\.$|"{2}/)
        }
      })

      test("holds the reader's own values in quotation marks", () => {
        const detail = cause.explain([{ fact: "a.fact", said: "", observed: '"Observed"', required: "Required" }])
        expect(/"Observed"|"Required"|\bRequired\b/.test(detail)).toBe(!VALUELESS.has(cause.code))
      })
    })
})

const TOLD = [{}, { observed: '"seen"' }, { required: "wanted" }, { observed: '"seen"', required: "wanted" }]

const everything = ({ title, why, fix, explain }: DocumentedCause): string =>
  [title, why, ...fix.map((it) => it.does), explain([{ fact: "a.fact", said: "" }])].join("\n")

test("every page the documentation links to is there", async () => {
  const missing: string[] = []
  for (const file of new Glob("**/*.md").scanSync(join(root, "docs"))) {
    // What looks like a link in code is none.
    const text = (await Bun.file(join(root, "docs", file)).text()).replace(/(`+)[^`]*\1/g, "")
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
      const path = join(root, "docs", file, "..", target ?? "")
      if (!existsSync(path)) missing.push(`${file} links to ${relative(root, path)}`)
    }
  }
  expect(missing).toEqual([])
})

// Ranks the right cause of labelled cases: `bun scripts/evaluate-cases.ts FILE.jsonl … [--quiet]`. Reads every cause file as it
// stands, so that it can be run while causes are written.
import { Glob } from "bun"
import { rank } from "../src/diagnosis/rank.ts"
import { weigh } from "../src/diagnosis/weigh.ts"
import type { ForeignCause } from "../src/foreign/cause.ts"

const root = new URL("../src/foreign/", import.meta.url).pathname
const causes: ForeignCause[] = []
for (const path of new Glob("*/**/*.ts").scanSync(root)) {
  if (/\.(test|fixture)\./.test(path)) continue
  try {
    for (const it of Object.values(await import(root + path)))
      if (typeof it === "object" && it !== null && "clues" in it) causes.push(it as ForeignCause)
  } catch (error) {
    console.error(`${path}: ${error instanceof Error ? error.message : error}`)
  }
}
const readCase: (line: string) => any = await import("../src/exhibits/case.ts").then(
  (it) => it.readCase,
  () => simple,
)
function simple(line: string): any {
  const { symptom, evidence: e } = JSON.parse(line)
  const list = (part: string, from: string, v: any) =>
    v == null
      ? []
      : Array.isArray(v)
        ? v.map((text, i) => ({ part, from: `${from}[${i}]`, text: String(text) }))
        : [{ part, from, text: String(v) }]
  const all = [
    ...list("symptom", "symptom", symptom),
    ...list("request", "request", e.request),
    ...list("headers", "response_headers", e.response_headers),
    ...list("body", "response_body", e.response_body),
    ...list("log", "log_lines", e.log_lines),
    ...list("config", "config", e.config),
    ...list("files", "ls", e.ls),
  ]
  const of: any = { symptom: [], request: [], headers: [], body: [], log: [], config: [], files: [] }
  for (const it of all) of[it.part].push(it)
  return {
    all,
    of,
    request: { headers: new Map(), areHeadersComplete: false },
    response: { headers: new Map(), areHeadersComplete: false },
    events: [],
  }
}
const quiet = process.argv.includes("--quiet")
let right = 0
let inThree = 0
let cases = 0
for (const file of process.argv.slice(2).filter((it) => it.endsWith(".jsonl")))
  for (const line of (await Bun.file(file).text()).split("\n").filter((it) => it.trim() !== "")) {
    const { id, cause, symptom } = JSON.parse(line)
    const wanted = String(cause).replaceAll(".", "/")
    const read = readCase(line)
    if (!("of" in read)) {
      console.log(`${id}: could not be read: ${JSON.stringify(read)}`)
      continue
    }
    const ranked = rank(causes.flatMap((it) => weigh(it, read) ?? []))
    const at = ranked.findIndex((it) => it.cause.code === wanted) + 1
    cases++
    if (at === 1) right++
    if (at >= 1 && at <= 3) inThree++
    if (quiet && at === 1) continue
    console.log(`${at === 1 ? "ok  " : "MISS"} ${id} ${wanted} at ${at || "-"}  ${String(symptom).slice(0, 90)}`)
    if (at !== 1)
      for (const it of ranked.slice(0, 4)) {
        console.log(`       ${it.cause.code} ${it.score.toFixed(1)} (${(it.confidence * 100).toFixed(0)} %)`)
        for (const s of it.sightings)
          console.log(
            `          ${s.clue.weight}: ${JSON.stringify(s.sights[0]?.quote ?? "").slice(0, 80)} ${s.clue.says.slice(0, 70)}`,
          )
      }
  }
console.log(`${right} of ${cases} first, ${inThree} among the first three; ${causes.length} causes`)

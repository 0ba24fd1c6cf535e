// `bun scripts/evaluate-cases.ts FILE.jsonl … [--quiet]`: where the right cause of labelled cases ranks by clues alone, and for
// each miss what ranked before it and by which clues. For those who write causes: it reads every cause file as it stands.
import { Glob } from "bun"
import { rank } from "../src/diagnosis/rank.ts"
import { weigh } from "../src/diagnosis/weigh.ts"
import { readCase } from "../src/exhibits/case.ts"
import type { ForeignCause } from "../src/foreign/cause.ts"
import { casesOf } from "../test/diagnosis/labelled.fixture.ts"

const root = new URL("../src/foreign/", import.meta.url).pathname
const SHOWN = 4

const isCause = (it: unknown): it is ForeignCause =>
  typeof it === "object" && it !== null && "clues" in it && "emitter" in it

const causes: ForeignCause[] = []
for (const path of new Glob("*/**/*.ts").scanSync(root)) {
  if (/\.(test|fixture)\./.test(path)) continue
  try {
    causes.push(...Object.values(await import(root + path)).filter(isCause))
  } catch (error) {
    console.error(`${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const isQuiet = process.argv.includes("--quiet")
let [first, three, all] = [0, 0, 0]
for (const file of process.argv.slice(2).filter((it) => it.endsWith(".jsonl")))
  for (const { id, cause, symptom, evidence } of await casesOf(file)) {
    const wanted = cause.replaceAll(".", "/")
    const read = readCase({ symptom, evidence })
    if ("fault" in read) {
      console.log(`${id} ${read.fault}`)
      continue
    }
    const ranked = rank(causes.flatMap((it) => weigh(it, read) ?? []))
    const at = ranked.findIndex((it) => it.cause.code === wanted) + 1
    all++
    if (at === 1) first++
    if (at >= 1 && at <= 3) three++
    if (isQuiet && at === 1) continue
    console.log(`${at === 1 ? "ok  " : "MISS"} ${id} ${wanted} at ${at || "-"}  ${String(symptom).slice(0, 90)}`)
    if (at === 1) continue
    for (const it of ranked.slice(0, SHOWN)) {
      console.log(`       ${it.cause.code} ${it.score.toFixed(1)} (${(it.confidence * 100).toFixed(0)} %)`)
      for (const { clue, sights } of it.sightings)
        console.log(
          `          ${clue.weight}: ${JSON.stringify(sights[0]?.quote ?? "").slice(0, 80)} ${clue.says.slice(0, 70)}`,
        )
    }
  }
console.log(`${first} of ${all} first, ${three} among the first three; ${causes.length} causes`)

// Writes src/diagnosis/resemblance.gen.txt: the words of each cause, of its page and of labelled cases. Cases that are held out
// for measuring are not learnt from. `--check` only tells whether it is up to date.
import { join } from "node:path"
import { Glob } from "bun"
import { wordsOf } from "../src/diagnosis/words.ts"
import { FOREIGN_CAUSES } from "../src/foreign/catalogue.gen.ts"
import { casesOf } from "../test/diagnosis/labelled.fixture.ts"
import { asciiJson, generated } from "./generated.ts"

const KEPT = 30
const folder = join(import.meta.dir, "../test/diagnosis")

interface Text {
  readonly code: string
  readonly words: ReadonlySet<string>
}

const pages = FOREIGN_CAUSES.map((it): Text => {
  const fixes = it.fix.map(({ does }) => does)
  const says = it.clues.map((clue) => clue.says)
  const text = [
    it.code.replace(/[/-]/g, " "),
    it.title,
    it.why,
    it.emitter,
    ...fixes,
    ...(it.unwise ?? []),
    it.ask?.question ?? "",
    ...says,
  ]
  return { code: it.code, words: wordsOf(text.join("\n")) }
})
const files = [...new Glob("*.jsonl").scanSync(folder)].filter((it) => it !== "held-out.jsonl").sort()
const cases = (await Promise.all(files.map((it) => casesOf(join(folder, it)))))
  .flat()
  .map(({ cause, symptom, evidence }): Text => {
    const text = [symptom, ...Object.values(evidence).flat()].filter((it) => typeof it === "string")
    return { code: cause.replaceAll(".", "/"), words: wordsOf(text.join("\n")) }
  })

const texts = [...pages, ...cases.filter(({ code }) => pages.some((it) => it.code === code))]
const frequency = new Map<string, number>()
for (const { words } of texts) for (const it of words) frequency.set(it, (frequency.get(it) ?? 0) + 1)
const rarity = (word: string): number => Math.log(texts.length / (frequency.get(word) ?? 1))

const causes = Object.fromEntries(
  pages.map(({ code }) => {
    const sums = new Map<string, number>()
    for (const { words } of texts.filter((it) => it.code === code)) {
      const length = Math.sqrt([...words].reduce((sum, it) => sum + rarity(it) ** 2, 0)) || 1
      for (const it of words) sums.set(it, (sums.get(it) ?? 0) + rarity(it) / length)
    }
    const kept = [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, KEPT)
    const length = Math.sqrt(kept.reduce((sum, [, it]) => sum + it ** 2, 0)) || 1
    return [code, Object.fromEntries(kept.map(([word, it]) => [word, rounded(it / length)]))]
  }),
)

const kept = new Set(Object.values(causes).flatMap((it) => Object.keys(it)))
const rarities = Object.fromEntries([...kept].sort().map((it) => [it, rounded(rarity(it))]))
await generated(
  "src/diagnosis/resemblance.gen.txt",
  `${asciiJson({ generated: "by scripts/resemblance.ts; do not edit", unseen: rounded(Math.log(texts.length)), rarity: rarities, causes }).replaceAll("},", "},\n")}\n`,
)

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}

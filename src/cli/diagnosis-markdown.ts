import type { CaseAnswer, Proof, RankedCause } from "../diagnosis/answer.ts"
import { placeOf } from "../diagnosis/place.ts"
import { visible } from "../text/excerpt.ts"
import { standing, sure } from "./diagnosis-words.ts"

/** One answer as a ticket takes it. Foreign text stands in fences longer than any it holds, so that none of it is markup. */
export function diagnosisMarkdown(answer: CaseAnswer): string {
  const [first, ...others] = answer.causes
  const parts = ["# Diagnosis of a refusal"]
  if (first === undefined) parts.push("Nothing that was given names a cause.")
  else parts.push(...mainCause(first, answer.emitter))
  if (others.length > 0)
    parts.push(
      "## Less likely",
      list(others.map((it) => `\`${it.code}\` (${sure(it.confidence)}): ${plain(it.title)}`)),
    )
  if (answer.excluded.length > 0) parts.push("## Not the cause", list(answer.excluded.map((it) => plain(it.says))))
  if (answer.unknown.length > 0) parts.push("## Not known", list(answer.unknown.map(plain)))
  if (answer.next !== null) parts.push("## Next question", `${plain(answer.next.ask)}\n\n${plain(answer.next.why)}`)
  return `${parts.join("\n\n")}\n`
}

function mainCause(cause: RankedCause, emitter: string): readonly string[] {
  const { by, change, admits, written, isVerified } = cause.fix
  return [
    `**\`${cause.code}\`**: ${plain(cause.title)} (${sure(cause.confidence)} sure, written by ${emitter})`,
    "## Evidence",
    ...cause.evidence.flatMap(evidence),
    "## What to do",
    `**${by}**: ${plain(change)} (${standing(isVerified)})`,
    ...(written === undefined || written.length === 0 ? [] : [fenced(written.join("\n"))]),
    `It lets in: ${plain(admits)}`,
    ...(cause.unwise.length === 0 ? [] : ["Better not:", list(cause.unwise.map(plain))]),
  ]
}

const evidence = (proof: Proof): readonly string[] => [
  `${coded(placeOf(proof))}: ${plain(proof.says)}`,
  "quote" in proof ? fenced(proof.quote) : `(characters ${proof.span[0]} to ${proof.span[1]}; they hold a credential)`,
]

const list = (items: readonly string[]): string => items.map((it) => `- ${it}`).join("\n")

/** Without what Markdown or HTML would act on; what a tracker makes a mention or a link of, escaped or not, as code. */
const plain = (text: string): string =>
  /@|:\/\/|www\.|#\d|\bGH-\d/i.test(text) ? coded(text) : visible(text).replace(/[\\`*_[\]<>|#~&$]/g, "\\$&")

/** In backticks more than any run of them within: a backslash escapes nothing there. */
function coded(text: string): string {
  const shown = visible(text)
  const marks = "`".repeat(longestRun(shown) + 1)
  const pad = /^[` ]|[` ]$/.test(shown) ? " " : ""
  return `${marks}${pad}${shown}${pad}${marks}`
}

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map((it) => it.length))

function fenced(text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}text\n${text.split("\n").map(visible).join("\n")}\n${fence}`
}

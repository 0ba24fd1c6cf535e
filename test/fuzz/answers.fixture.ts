import { diagnosisMarkdown } from "../../src/cli/diagnosis-markdown.ts"
import { renderDiagnosis } from "../../src/cli/render-diagnosis.ts"
import { styleFor } from "../../src/cli/style.ts"
import type { CaseAnswer } from "../../src/diagnosis/answer.ts"
import { diagnoseCase } from "../../src/diagnosis/diagnose-case.ts"
import { originOf, type Terms } from "../../src/diagnosis/probe/allowed.ts"
import { dryRun } from "../../src/diagnosis/probe/probe.ts"
import { assemble } from "../../src/exhibits/assemble.ts"
import { readCase } from "../../src/exhibits/case.ts"
import { type Exhibits, PARTS } from "../../src/exhibits/exhibits.ts"
import { readRequest } from "../../src/exhibits/request/read.ts"

const PLAIN = styleFor({})
/** What a terminal acts on: all control characters but the line break, and what turns text round. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const ACTED_ON = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

export async function diagnoseWhole(text: string): Promise<void> {
  const read = readCase(text)
  if (!("fault" in read)) await answered(read)
}

export const diagnoseText = (text: string): Promise<void> =>
  answered(assemble(PARTS.map((part) => ({ part, from: part, text }))))

/** Diagnoses and prints in every form; throws for an answer that breaks what is promised of all answers. */
async function answered(exhibits: Exhibits): Promise<void> {
  const answer = await diagnoseCase(exhibits)
  unfounded(answer, exhibits)
  for (const printed of [renderDiagnosis(answer, PLAIN), diagnosisMarkdown(answer)])
    if (ACTED_ON.test(printed)) throw new Error(`prints what a terminal acts on: ${JSON.stringify(printed)}`)
  if (JSON.stringify(answer).includes("\n")) throw new Error("an answer of more than one line")
  const sum = answer.causes.reduce((all, it) => all + it.confidence, 0)
  if (!(sum <= 1 + 1e-9)) throw new Error(`confidences add up to ${sum}`)
}

function unfounded({ causes, hops }: CaseAnswer, { all }: Exhibits): void {
  for (const { evidence } of [...causes, ...hops])
    for (const proof of evidence)
      if ("quote" in proof && !all.some((it) => it.text.includes(proof.quote)) && proof.line === undefined)
        throw new Error(`quotes what was not given: ${JSON.stringify(proof)}`)
}

/** What would be sent of a request somebody pasted, to a target they named. */
export function probeText(text: string): void {
  const { request } = readRequest(text)
  const terms: Terms = {
    target: originOf(text) ?? "http://a.example",
    credentialsFor: undefined,
    allowsUnsafe: true,
    budget: 20,
  }
  const url = URL.canParse(text) ? text : "http://a.example/x?y=1"
  const { method = "GET", headers, body } = request ?? {}
  const given = { method, url, headers: [...(headers ?? [])], ...(body === undefined ? {} : { body }) }
  for (const { request: sent } of dryRun(given, new Map([["nginx/deny-rule", 0.5]]), terms).steps)
    if (originOf(sent.url) !== terms.target) throw new Error(`would ask ${sent.url}, and ${terms.target} was named`)
}

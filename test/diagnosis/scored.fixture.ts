import type { CaseAnswer, Proof } from "../../src/diagnosis/answer.ts"
import { diagnoseCase } from "../../src/diagnosis/diagnose-case.ts"
import { readCase } from "../../src/exhibits/case.ts"
import type { LabelledCase } from "./labelled.fixture.ts"

/** Parts that are taken away one at a time, by the name of their key in `evidence`. */
export const ABLATIONS: Readonly<Record<string, readonly string[]>> = {
  nothing: [],
  body: ["response_body"],
  headers: ["response_headers"],
  logs: ["log_lines"],
  configuration: ["config", "ls"],
  request: ["request"],
}

export interface Scored {
  readonly id: string
  readonly wanted: string
  readonly answer: CaseAnswer
  /** From 1; 0 when it is not among the answers. */
  readonly rank: number
  /** Claims whose evidence does not stand in what was given. */
  readonly unfounded: readonly Proof[]
}

/** Answers a case from its symptom and evidence alone, without the parts named. */
export async function scored(
  { id, symptom, evidence, cause }: LabelledCase,
  without: readonly string[],
): Promise<Scored> {
  const left = Object.fromEntries(Object.entries(evidence).filter(([name]) => !without.includes(name)))
  const read = readCase({ symptom, evidence: left })
  if ("fault" in read) throw new Error(`${id} ${read.fault}`)
  const answer = await diagnoseCase(read)
  const wanted = cause.replaceAll(".", "/")
  const given = JSON.stringify({ symptom, ...left })
  return {
    id,
    wanted,
    answer,
    rank: answer.causes.findIndex((it) => it.code === wanted) + 1,
    unfounded: answer.causes.flatMap((it) => it.evidence).filter((it) => "quote" in it && !stands(it.quote, given)),
  }
}

/** In JSON a text stands as it is written there. */
const stands = (quote: string, given: string): boolean => given.includes(JSON.stringify(quote).slice(1, -1))

/** Expected calibration error over ten bins, and Brier's score, of the confidence in the first cause. */
export function calibration(all: readonly Scored[]): { readonly ece: number; readonly brier: number } {
  const told = all.map(({ answer, rank }) => ({ said: answer.causes[0]?.confidence ?? 0, right: rank === 1 ? 1 : 0 }))
  const bins = Map.groupBy(told, ({ said }) => Math.min(9, Math.floor(said * 10)))
  let ece = 0
  for (const bin of bins.values()) {
    const said = bin.reduce((sum, it) => sum + it.said, 0)
    const right = bin.reduce((sum, it) => sum + it.right, 0)
    ece += Math.abs(said - right) / told.length
  }
  return { ece, brier: told.reduce((sum, { said, right }) => sum + (said - right) ** 2, 0) / told.length }
}

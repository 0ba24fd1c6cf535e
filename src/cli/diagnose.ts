import type { CaseAnswer } from "../diagnosis/answer.ts"
import { diagnoseCase } from "../diagnosis/diagnose-case.ts"
import { readCase } from "../exhibits/case.ts"
import type { Exhibits } from "../exhibits/exhibits.ts"
import { visible } from "../text/excerpt.ts"
import { Failure } from "./failure.ts"
import { beginningOf } from "./read-file.ts"
import { styleFor } from "./style.ts"

/** Bytes read of a file of cases. */
const MOST_READ = 256 * 1024 * 1024

export interface DiagnoseOptions {
  readonly case?: string
  readonly cases?: string
  readonly log?: readonly string[]
  readonly config?: readonly string[]
  readonly root?: string
  readonly listing?: readonly string[]
  readonly symptom?: string
  readonly worker?: string
  readonly from?: string
  readonly probe?: string
  readonly send: boolean
  readonly budget: number
  readonly allowUnsafe: boolean
  readonly passing?: string
  readonly json: boolean
  readonly markdown: boolean
  readonly save?: string
}

/** `diagnose`: who refused, why, on what evidence, and what mends it; of cases, or of whatever is given. */
export async function diagnoseCommand(given: readonly string[], options: DiagnoseOptions): Promise<void> {
  if (options.cases !== undefined) return diagnoseCases(options.cases)
  if (options.case !== undefined)
    return diagnoseOne(caseOf(beginningOf(options.case, MOST_READ), options.case), options)
  const { gather } = await import("./gather.ts")
  const { exhibits, installation, sendable } = await gather(given, options)
  if (options.probe !== undefined) {
    const { probeCommand } = await import("./probe.ts")
    return probeCommand(sendable(), await diagnoseCase(exhibits, installation), options.probe, options)
  }
  await tell(exhibits, await diagnoseCase(exhibits, installation), options)
}

/** A case is for machines, unless somebody looks at it. */
async function diagnoseOne(exhibits: Exhibits, options: DiagnoseOptions): Promise<void> {
  const isWatched = process.stdout.isTTY === true
  await tell(exhibits, await diagnoseCase(exhibits), {
    ...options,
    json: options.json || !(isWatched || options.markdown),
  })
}

/** One answer a line, in the order of the cases; a line that is no case is answered with what is wrong with it. */
async function diagnoseCases(path: string): Promise<void> {
  for (const [index, line] of beginningOf(path, MOST_READ).split("\n").entries()) {
    if (line.trim() === "") continue
    const read = readCase(line)
    const answer =
      "fault" in read ? { fault: `line ${index + 1} ${read.fault}` } : withId(read, await diagnoseCase(read))
    process.stdout.write(`${JSON.stringify(answer)}\n`)
  }
}

const withId = ({ id }: Exhibits, answer: CaseAnswer): CaseAnswer => (id === undefined ? answer : { id, ...answer })

function caseOf(text: string, path: string): Exhibits {
  const read = readCase(text)
  if ("fault" in read)
    throw new Failure(
      `${path} ${read.fault}. A case is {"symptom": "…", "evidence": {"request", "response_headers", "response_body", "log_lines": [], "config": [], "ls"}}, any part missing.`,
    )
  return read
}

async function tell(exhibits: Exhibits, answer: CaseAnswer, { json, markdown, save }: DiagnoseOptions): Promise<void> {
  const named = withId(exhibits, answer)
  for (const { from, fault } of exhibits.faults ?? []) process.stderr.write(`${visible(`${from} ${fault}`)}\n`)
  if (save !== undefined) await (await import("./share.ts")).share(save, exhibits, named)
  if (json) process.stdout.write(`${JSON.stringify(named, null, 2)}\n`)
  else if (markdown) process.stdout.write((await import("./diagnosis-markdown.ts")).diagnosisMarkdown(named))
  else process.stdout.write((await import("./render-diagnosis.ts")).renderDiagnosis(named, styleFor(process.stdout)))
}

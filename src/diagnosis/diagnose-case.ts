import type { Exhibits } from "../exhibits/exhibits.ts"
import { FOREIGN_CAUSES } from "../foreign/packed.ts"
import type { CaseAnswer } from "./answer.ts"
import { concerning } from "./concerning.ts"
import { diagnose } from "./diagnose.ts"
import type { Installation } from "./judges/installation.ts"
import { judgeCase } from "./judges/judge-case.ts"

/** Asks every judge that can say something of what was given, and weighs all there is. */
export async function diagnoseCase(given: Exhibits, installation?: Installation): Promise<CaseAnswer> {
  const exhibits = concerning(given, installation?.client)
  const judged = await judgeCase(exhibits, installation)
  const own = namesOwnCause(exhibits) ? (await import("./judges/own-refusal.ts")).ownRefusal(exhibits) : undefined
  if (own === undefined) return diagnose(exhibits, FOREIGN_CAUSES, judged)
  return diagnose(exhibits, [...FOREIGN_CAUSES, own.cause], [...judged, own.judged])
}

/** A gateway of this kind names its cause in the answer; only then the catalogue of its own causes is loaded. */
const namesOwnCause = ({ of }: Exhibits): boolean =>
  [...of.headers, ...of.body].some(({ text }) => /pinpoint-cause:|\/\.well-known\/pinpoint\//i.test(text))

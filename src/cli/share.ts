import { writeFileSync } from "node:fs"
import manifest from "../../package.json" with { type: "json" }
import type { CaseAnswer } from "../diagnosis/answer.ts"
import type { Exhibits, Part } from "../exhibits/exhibits.ts"
import { Failure } from "./failure.ts"

/** Writes one file that can be given to others, and back to `diagnose --case`: what was given, credentials blotted out, and the answer. */
export function share(path: string, { of }: Exhibits, answer: CaseAnswer): void {
  const texts = (part: Part): readonly string[] => of[part].map((it) => it.text)
  const shared = {
    pinpoint: manifest.version,
    symptom: texts("symptom").join("\n"),
    evidence: {
      request: texts("request").join("\n"),
      response_headers: texts("headers").join("\n"),
      response_body: texts("body").join("\n"),
      log_lines: texts("log"),
      config: texts("config"),
      ls: texts("files").join("\n"),
    },
    answer,
  }
  try {
    // Not over another file: what is lost cannot be given back.
    writeFileSync(path, `${JSON.stringify(shared, null, 2)}\n`, { flag: "wx", mode: 0o600 })
  } catch (error) {
    throw new Failure(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`)
  }
  process.stderr.write(
    `${path} holds what was given, with credentials blotted out, and the answer. Look at it before you share it.\n`,
  )
}

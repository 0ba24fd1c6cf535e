import type { Exhibits } from "../../exhibits/exhibits.ts"
import type { Judged } from "../finding.ts"
import type { Installation } from "./installation.ts"

const WAF_FORMATS: ReadonlySet<string> = new Set(["modsecurity-2", "modsecurity-3", "coraza"])
const WAF_TEXT = /\[id "\d{3,10}"\]|ModSecurity|Coraza/

/** Each judge is loaded when there is something for it: a body alone needs none of them. */
export async function judgeCase(
  exhibits: Exhibits,
  installation: Installation | undefined,
): Promise<readonly Judged[]> {
  const judged: Judged[] = []
  if (hasWafLines(exhibits)) judged.push((await import("./modsecurity.ts")).judgeModsecurity(exhibits))
  if (exhibits.of.files.length > 0 || (installation?.tree !== undefined && exhibits.of.log.length > 0))
    judged.push((await import("./files.ts")).judgeFiles(exhibits, installation))
  if (exhibits.of.config.length > 0 || (installation?.configurations.length ?? 0) > 0) {
    judged.push(...(await import("./nginx.ts")).judgeNginxCase(exhibits, installation))
    judged.push(...(await import("./httpd.ts")).judgeHttpdCase(exhibits, installation))
  }
  return judged
}

const hasWafLines = ({ events, of }: Exhibits): boolean =>
  events.some((it) => WAF_FORMATS.has(it.format)) || of.log.some((it) => WAF_TEXT.test(it.text))

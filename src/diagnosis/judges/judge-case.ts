import type { Exhibits } from "../../exhibits/exhibits.ts"
import type { Judged } from "../finding.ts"
import type { ConfigurationFiles, Installation } from "./installation.ts"
import { configurationsOf } from "./pieces.ts"
import { askedRequest } from "./server-request.ts"

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
    judged.push(await (await import("./files.ts")).judgeFiles(exhibits, installation))
  if (mayJudge("nginx", exhibits, installation))
    judged.push(...(await (await import("./nginx.ts")).judgeNginxCase(exhibits, installation)))
  if (mayJudge("httpd", exhibits, installation))
    judged.push(...(await (await import("./httpd.ts")).judgeHttpdCase(exhibits, installation)))
  return judged
}

/** A whole configuration, or a piece of one and a request to decide on it. */
function mayJudge(
  kind: ConfigurationFiles["kind"],
  exhibits: Exhibits,
  installation: Installation | undefined,
): boolean {
  if (exhibits.of.config.length === 0 && installation === undefined) return false
  const { whole, pieces } = configurationsOf(kind, exhibits, installation)
  return whole.length > 0 || (pieces.length > 0 && askedRequest(exhibits, installation) !== undefined)
}

const hasWafLines = ({ events, of }: Exhibits): boolean =>
  events.some((it) => WAF_FORMATS.has(it.format)) || of.log.some((it) => WAF_TEXT.test(it.text))

import type { Exhibits } from "../../exhibits/exhibits.ts"
import { type HttpdConfiguration, readConfiguration } from "../../servers/httpd/configuration.ts"
import { configurationOf, trusting } from "../../servers/httpd/fragments.ts"
import { GivenTexts } from "../../servers/httpd/language/texts.ts"
import { HttpdModel } from "../../servers/httpd/model.ts"
import { type Judged, NOTHING_JUDGED } from "../finding.ts"
import type { Installation } from "./installation.ts"
import { machineOf } from "./machine.ts"
import { configurationsOf } from "./pieces.ts"
import { judgedOf } from "./server-judged.ts"
import { type AskedRequest, askedRequest } from "./server-request.ts"

/** Decides the request on httpd's configuration: each whole one that was read, and what was pasted as one. */
export async function judgeHttpdCase(
  exhibits: Exhibits,
  installation: Installation | undefined,
): Promise<readonly Judged[]> {
  const asked = askedRequest(exhibits, installation)
  const { whole, pieces } = configurationsOf("httpd", exhibits, installation)
  if (asked === undefined)
    return whole.length === 0 ? [] : [{ ...NOTHING_JUDGED, needs: ["the method and the path of the request"] }]
  const judged = whole.map(({ files, main }) =>
    judge(readConfiguration({ texts: new GivenTexts(files), main }), true, asked, exhibits, installation),
  )
  const pasted = configurationOf(pieces.map(({ from, text }) => ({ name: from, text })))
  if (pasted !== undefined) judged.push(judge(pasted, false, asked, exhibits, installation))
  return Promise.all(judged)
}

function judge(
  configuration: HttpdConfiguration,
  isWhole: boolean,
  { request, guessed }: AskedRequest,
  exhibits: Exhibits,
  installation: Installation | undefined,
): Promise<Judged> {
  const { files, reader, names } = machineOf(exhibits, installation, configuration.user)
  const tree = isWhole ? files : trusting(files, configuration)
  const model = new HttpdModel({ configuration, tree, reader, names })
  const { judgement, exchange: seen } = model.follow(request)
  return judgedOf({
    server: "httpd",
    relayed: "upstream/second-hop-denied",
    judgement,
    request,
    neighbours: async () => (await import("../../servers/httpd/neighbours.ts")).neighboursOf(model, request),
    judge: (it) => model.judge(it),
    held: [...seen.held],
    explain: async (refused) => (await import("../../servers/httpd/explain.ts")).explainHttpd(model, request, refused),
    isWhole,
    guessed,
    exhibits,
  })
}

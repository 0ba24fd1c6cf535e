import type { Exhibits } from "../../exhibits/exhibits.ts"
import type { NginxReading } from "../../servers/nginx/configuration.ts"
import { readNginx } from "../../servers/nginx/configuration.ts"
import { NginxModel } from "../../servers/nginx/model.ts"
import type { NginxText } from "../../servers/nginx/syntax/dump.ts"
import { type Judged, NOTHING_JUDGED } from "../finding.ts"
import type { Installation } from "./installation.ts"
import { machineOf } from "./machine.ts"
import { configurationsOf } from "./pieces.ts"
import { judgedOf } from "./server-judged.ts"
import { type AskedRequest, askedRequest } from "./server-request.ts"

/** Decides the request on nginx's configuration: each whole one that was read, and what was pasted as one. */
export async function judgeNginxCase(
  exhibits: Exhibits,
  installation: Installation | undefined,
): Promise<readonly Judged[]> {
  const asked = askedRequest(exhibits, installation)
  const { whole, pieces } = configurationsOf("nginx", exhibits, installation)
  if (asked === undefined)
    return whole.length === 0 ? [] : [{ ...NOTHING_JUDGED, needs: ["the method and the path of the request"] }]
  const judged = whole.map(({ files, main }) => {
    const texts = [...files].map(([file, text]) => ({ file, text }))
    return judge(texts, { main, isComplete: true }, asked, exhibits, installation)
  })
  const pasted = pieces.map(({ from, text }) => ({ file: from, text }))
  if (pasted.length > 0) judged.push(judge(pasted, {}, asked, exhibits, installation))
  return Promise.all(judged)
}

function judge(
  texts: readonly NginxText[],
  reading: NginxReading,
  { request, guessed }: AskedRequest,
  exhibits: Exhibits,
  installation: Installation | undefined,
): Promise<Judged> {
  const read = readNginx(texts, reading)
  const model = new NginxModel(texts, machineOf(exhibits, installation, read.user), reading, read)
  const { judgement, held } = model.follow(request)
  return judgedOf({
    server: "nginx",
    relayed: "nginx/proxied-403",
    judgement,
    request,
    neighbours: async () => (await import("../../servers/nginx/neighbours.ts")).neighboursOf(model, request),
    judge: (it) => model.judge(it),
    held,
    explain: async (refused) => (await import("../../servers/nginx/explain.ts")).explainNginx(model, request, refused),
    isWhole: !read.isFragment,
    guessed,
    exhibits,
  })
}

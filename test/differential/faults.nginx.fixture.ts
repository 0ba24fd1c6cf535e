import { readFileSync } from "node:fs"
import { join } from "node:path"
import { LiveTree } from "../../src/servers/files/live-tree.ts"
import { explainNginx } from "../../src/servers/nginx/explain.ts"
import { NginxModel } from "../../src/servers/nginx/model.ts"
import { neighboursOf } from "../../src/servers/nginx/neighbours.ts"
import { NGINX_KINDS } from "./faults.nginx-plants.fixture.ts"
import { drawNginxSite, NGINX_BRACES } from "./faults.nginx-site.fixture.ts"
import type { Site } from "./faults.site.fixture.ts"
import { type Judge, type Stack, statusOf } from "./faults.stack.fixture.ts"
import { configuration, RealNginx } from "./nginx.server.fixture.ts"
import { WORKER } from "./nginx.tree.fixture.ts"

export const NGINX: Stack = {
  name: "nginx",
  braces: NGINX_BRACES,
  kinds: NGINX_KINDS,
  draw: drawNginxSite,
  judge: (site) => judgeWith(modelOf(site)),
  start: ({ folder, port }) => RealNginx.start(folder, included(folder), port),
}

const included = (folder: string): string => `include ${folder}/conf.d/*.conf;\ninclude ${folder}/sites/*.conf;`

function modelOf({ folder, texts }: Site): NginxModel {
  const main = join(folder, "nginx.conf")
  const all = [
    { file: main, text: configuration(folder, included(folder)) },
    ...texts.map(({ file }) => ({ file, text: readFileSync(file, "utf8") })),
  ]
  const users = join(folder, "users")
  const contents = new Map([[users, readFileSync(users, "utf8")]])
  const model = new NginxModel(all, { files: new LiveTree(), reader: WORKER, contents }, { main, isComplete: true })
  const [fault] = model.configuration.faults
  if (fault !== undefined) throw new Error(`${fault.source.file}:${fault.source.line} ${fault.message}`)
  return model
}

function judgeWith(model: NginxModel): Judge {
  return {
    status: (request) => statusOf(model.judge(request)),
    explain: (request) => {
      const judged = model.judge(request)
      return judged.kind === "refuses" ? explainNginx(model, request, judged) : undefined
    },
    neighbours: (request) => neighboursOf(model, request),
    patched: (patches) => {
      const patched = model.patched(patches)
      return patched === undefined ? undefined : judgeWith(patched)
    },
  }
}

import { readFileSync } from "node:fs"
import { join } from "node:path"
import { explainHttpd } from "../../src/servers/httpd/explain.ts"
import type { HttpdModel } from "../../src/servers/httpd/model.ts"
import { neighboursOf } from "../../src/servers/httpd/neighbours.ts"
import { HTTPD_KINDS } from "./faults.httpd-plants.fixture.ts"
import { drawHttpdSite, HTTPD_BRACES } from "./faults.httpd-site.fixture.ts"
import { type Judge, type Stack, statusOf } from "./faults.stack.fixture.ts"
import { modelOf } from "./httpd.fixture.ts"
import { RealHttpd } from "./httpd.server.fixture.ts"

export const HTTPD: Stack = {
  name: "httpd",
  braces: HTTPD_BRACES,
  kinds: HTTPD_KINDS,
  draw: drawHttpdSite,
  judge: ({ folder }) => judgeWith(modelOf(folder)),
  start: ({ folder, port }) => RealHttpd.start(folder, readFileSync(join(folder, "httpd.conf"), "utf8"), port),
}

function judgeWith(model: HttpdModel): Judge {
  return {
    status: (request) => statusOf(model.judge(request)),
    explain: (request) => {
      const judged = model.judge(request)
      return judged.kind === "refuses" ? explainHttpd(model, request, judged) : undefined
    },
    neighbours: (request) => neighboursOf(model, request),
    patched: (patches) => {
      const patched = model.patched(patches)
      return patched === undefined ? undefined : judgeWith(patched)
    },
  }
}

import { directory, file, reader, treeOf } from "../files/tree.fixture.ts"
import type { Entry } from "../files/tree.ts"
import type { ServerRequest } from "../request.ts"
import { readConfiguration } from "./configuration.ts"
import { GivenTexts } from "./language/texts.ts"
import { HttpdModel } from "./model.ts"

const WORKER = 33

/** A site below /srv/www that anyone may read. */
const PLAIN: Readonly<Record<string, Entry>> = {
  "/": directory(0o755),
  "/srv": directory(0o755),
  "/srv/www": directory(0o755),
  "/srv/www/index.html": file(0o644),
  "/srv/www/a.html": file(0o644),
  "/srv/www/admin": directory(0o755),
  "/srv/www/admin/index.html": file(0o644),
  "/srv/www/empty": directory(0o755),
}

/** A model of one configuration on that site; `texts` are further files such as `.htaccess`, `entries` change the tree. */
export function model(
  configuration: string,
  texts: Readonly<Record<string, string>> = {},
  entries: Readonly<Record<string, Entry>> = {},
): HttpdModel {
  const given = new GivenTexts(new Map([["/etc/apache2/apache2.conf", configuration], ...Object.entries(texts)]))
  const tree = treeOf({
    ...PLAIN,
    ...Object.fromEntries(Object.keys(texts).map((it) => [it, file(0o644)])),
    ...entries,
  })
  return new HttpdModel({
    configuration: readConfiguration({ texts: given, main: "/etc/apache2/apache2.conf" }),
    tree,
    reader: reader(WORKER, WORKER),
  })
}

export function request(target: string, changes: Partial<ServerRequest> = {}): ServerRequest {
  return {
    method: "GET",
    target,
    host: "www.test",
    scheme: "http",
    port: 80,
    protocol: "HTTP/1.1",
    headers: [["Host", "www.test"]],
    client: "192.0.2.7",
    ...changes,
  }
}

/** What comes of a request, in a few words: `403 apache/require-denied`, `200 file`, `unknown`. */
export function outcome(of: HttpdModel, asked: ServerRequest): string {
  const judged = of.judge(asked)
  switch (judged.kind) {
    case "answers":
      return `${judged.status} ${judged.by}`
    case "refuses":
      return `${judged.status} ${judged.denial.cause.code}`
    case "relays":
      return `relays to ${judged.to}`
    case "unknown":
      return `unknown: ${judged.needs[0].what}`
  }
}

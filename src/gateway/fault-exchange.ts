import { Fields } from "../http/fields.ts"
import type { RequestHead } from "../http/head.ts"
import type { FaultExchange, ServerExchange } from "../http/server.ts"

const NO_FIELDS = new Fields()
const ignored = (): void => undefined

/** A head that could not be read, as an exchange: it can be answered, and nothing else. */
export function asExchange(faulty: FaultExchange): ServerExchange {
  const head: RequestHead = {
    method: faulty.method ?? "",
    path: faulty.path ?? "",
    query: "",
    minor: 1,
    host: "",
    fields: NO_FIELDS,
    framing: { kind: "none" },
    keepAlive: false,
    expectsContinue: false,
  }
  return {
    head,
    remoteAddress: faulty.remoteAddress,
    reply: (status, lines, body) => faulty.reply(status, lines, body),
    cut: () => faulty.cut(),
    readBody: ignored,
    pauseBody: ignored,
    resumeBody: ignored,
    begin: () => faulty.cut(),
    interim: ignored,
    write: () => false,
    end: () => faulty.cut(),
  }
}

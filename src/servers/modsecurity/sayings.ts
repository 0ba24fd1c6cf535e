import type { LogEvent } from "../../exhibits/exhibits.ts"
import { readAuditJson } from "./audit-json.ts"
import { optional, readMessage, type WafMessage } from "./message.ts"

/** A message and where it stands. */
export interface Saying {
  readonly message: WafMessage
  readonly from: string
  /** The line as it came. */
  readonly text: string
  /** Milliseconds since 1970. */
  readonly time?: number
  readonly method?: string
  /** As sent, with its query. */
  readonly target?: string
  /** A request that is logged to both is there twice. */
  readonly isAudit: boolean
}

/** All messages in lines of error logs and of audit logs, serial or JSON, in order. */
export function sayingsIn(events: readonly LogEvent[]): readonly Saying[] {
  const audit = new AuditReader()
  return events.flatMap((event): readonly Saying[] => {
    const section = audit.take(event.line)
    const seen = seenIn(event)
    const place = { from: event.from, text: event.line }
    if (section !== undefined) {
      const message = readMessage(event.line)
      return message === undefined
        ? []
        : [{ ...seen, ...section.seen, ...place, message: section.complete(message), isAudit: true }]
    }
    const json = readAuditJson(event.line)
    if (json !== undefined)
      return json.messages.map((message) => ({ ...seen, ...json.seen, ...place, message, isAudit: true }))
    const message = readMessage(event.line)
    if (message === undefined) return []
    // ModSecurity 3 leaves the client to nginx, which writes it after the message.
    const client = optional("client", event.client)
    return [{ ...seen, ...place, message: { ...client, ...message }, isAudit: false }]
  })
}

type Seen = Pick<Saying, "time" | "method" | "target">

const seenIn = ({ time, method, target }: LogEvent): Seen => ({
  ...optional("time", time),
  ...optional("method", method),
  ...optional("target", target),
})

/** `--3bd27622-A--` of ModSecurity 2, `---uQoBu776---A--` of 3. */
const BOUNDARY = /^-{2,3}[0-9A-Za-z]{1,32}-{1,3}([A-Z])--\s*$/
const HEADER = /^\[[^\]]{1,64}\] (\S{1,128}) (\S{1,64}) \d{1,5} /
const REQUEST = /^([A-Z]{1,32}) (\S+)(?: HTTP\/\d(?:\.\d)?)?\s*$/

/** Follows the sections of a serial audit log from line to line. */
class AuditReader {
  #section = ""
  #lines = 0
  #id: string | undefined
  #client: string | undefined
  #seen: Seen = {}

  /** What is known of the request a line belongs to; undefined for lines outside of any record. */
  take(line: string): { readonly seen: Seen; complete(message: WafMessage): WafMessage } | undefined {
    const boundary = BOUNDARY.exec(line)
    if (boundary?.[1] !== undefined) this.#open(boundary[1])
    else if (this.#section !== "") this.#read(line)
    if (this.#section === "") return undefined
    const [id, client] = [this.#id, this.#client]
    return {
      seen: this.#seen,
      complete: (it) => ({ ...optional("uniqueId", id), ...optional("client", client), ...it }),
    }
  }

  #open(section: string): void {
    this.#lines = 0
    this.#section = section === "Z" ? "" : section
    if (section !== "A") return
    this.#id = undefined
    this.#client = undefined
    this.#seen = {}
  }

  #read(line: string): void {
    if (this.#lines++ > 0) return
    if (this.#section === "A") {
      const header = HEADER.exec(line)
      this.#id = header?.[1]
      this.#client = header?.[2]
    }
    if (this.#section !== "B") return
    const request = REQUEST.exec(line)
    this.#seen = { ...optional("method", request?.[1]), ...optional("target", request?.[2]) }
  }
}

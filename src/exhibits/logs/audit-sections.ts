import type { LogEvent } from "../exhibits.ts"
import { requestLineOf, statusOf } from "./reading.ts"
import { timeOf } from "./time.ts"

const BOUNDARY = /^-{2,3}([0-9A-Za-z]{8})-{1,3}([A-KZ])-{2}$/
const HEAD = /^\[([^\]]{20,40})\] (\S{8,64}) (\S{2,64}) (\d{1,5}) \S{2,64} \d{1,5}$/

/**
 * ModSecurity's serial audit log tells one transaction in several sections, each of several lines. What section A says
 * of it (time, id, client) holds for every line up to section Z, as do the request line of B and the status of F.
 */
export class AuditSections {
  #section = ""
  #isFirst = false
  #said: Partial<Pick<LogEvent, "time" | "client" | "clientPort" | "method" | "target" | "status">> = {}
  #id: string | undefined

  /** The event as it came, or with what its transaction says of it. */
  within(event: LogEvent): LogEvent {
    const boundary = BOUNDARY.exec(event.line.trim())
    if (boundary !== null) this.#begin(boundary[2] ?? "")
    else if (this.#section === "") return event
    else this.#learn(event.line)
    const told = this.#told(event)
    this.#isFirst = boundary !== null
    if (boundary?.[2] === "Z") this.#begin("")
    return told
  }

  #begin(section: string): void {
    if (section === "A" || section === "") {
      this.#said = {}
      this.#id = undefined
    }
    this.#section = section
  }

  #learn(line: string): void {
    const head = this.#section === "A" ? HEAD.exec(line) : null
    if (head !== null) {
      const time = timeOf(head[1] ?? "")
      this.#id = head[2]
      this.#said = { client: head[3] ?? "", clientPort: Number(head[4]), ...(time === undefined ? {} : { time }) }
    }
    if (!this.#isFirst) return
    if (this.#section === "B") this.#said = { ...this.#said, ...requestLineOf(line.trim()) }
    const status = this.#section === "F" ? statusOf(/^HTTP\/\d\.\d (\d{3})/.exec(line)?.[1]) : undefined
    if (status !== undefined) this.#said = { ...this.#said, status }
  }

  #told(event: LogEvent): LogEvent {
    const ids = this.#id === undefined ? event.ids : new Map([...event.ids, ["unique_id", this.#id]])
    const isRule = event.format !== "text"
    return { ...event, ...this.#said, ids, format: isRule ? event.format : "modsecurity-2" }
  }
}

import { jsonOf, wordBelow } from "../json.ts"
import { timeOf } from "./time.ts"

/** A line without what a collector put before it, and the time and level that told. */
export interface Bared {
  readonly line: string
  readonly time?: number
}

const COMPOSE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,100} {0,60}\| /
const POD = /^\[pod\/[^\]\s]{1,200}\] /
const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) (?:(?:stdout|stderr) [FP] )?/
const SYSLOG =
  /^(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (?:\S{1,255} )?[A-Za-z0-9_./()-]{1,80}(?:\[\d{1,10}\])?: /
const JOURNAL =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d) \S{1,255} [A-Za-z0-9_./()-]{1,80}(?:\[\d{1,10}\])?: /
const SYSLOG_NEW = /^<\d{1,3}>1 (\S{10,40}) \S{1,255} \S{1,48} \S{1,128} \S{1,32} (?:-|\[[^\]]{0,1000}\]) /

/** Docker, compose, Kubernetes, syslog (RFC 3164 and 5424), journal: each may stand before another. */
const MOST_PREFIXES = 3

/** The line itself may begin with the time, so that is taken away only where something known follows. */
export function bared(line: string, isKnown: (line: string) => boolean): Bared {
  let rest = inDockerJson(line)
  let time: number | undefined
  for (let count = 0; count < MOST_PREFIXES && !isKnown(rest); count++) {
    const match = [COMPOSE, POD, JOURNAL, SYSLOG, SYSLOG_NEW, STAMP]
      .map((it) => it.exec(rest))
      .find((it) => it !== null)
    if (match === undefined || match === null) break
    rest = rest.slice(match[0].length)
    time = (match[1] === undefined ? undefined : timeOf(match[1])) ?? timeOf(match[0]) ?? time
  }
  return time === undefined ? { line: rest } : { line: rest, time }
}

/** `{"log":"…\n","stream":"stderr","time":"…"}`, as Docker keeps it. */
function inDockerJson(line: string): string {
  if (!line.startsWith('{"log":"')) return line
  const value = jsonOf(line)
  return wordBelow(value, "log")?.trimEnd() ?? line
}

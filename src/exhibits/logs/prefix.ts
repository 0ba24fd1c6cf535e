import { jsonOf, wordBelow } from "../json.ts"
import { timeOf } from "./time.ts"

/** A line without what a collector put before it, and the time that told. */
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

const PREFIXES = [COMPOSE, POD, JOURNAL, SYSLOG, SYSLOG_NEW, STAMP]

/**
 * The line without what Docker, compose, Kubernetes, syslog (RFC 3164, RFC 5424) or the journal put before it;
 * undefined where nothing of theirs is before it. A line may begin with a time of its own: read it as it is first.
 */
export function withoutPrefix(line: string): Bared | undefined {
  for (const form of PREFIXES) {
    const match = form.exec(line)
    if (match === null) continue
    const time = (match[1] === undefined ? undefined : timeOf(match[1])) ?? timeOf(match[0])
    return { line: line.slice(match[0].length), ...(time === undefined ? {} : { time }) }
  }
  return undefined
}

/** What is in `{"log":"…\n","stream":"stderr","time":"…"}`, as Docker keeps it. */
export function withoutDocker(line: string): string {
  if (!line.startsWith('{"log":"')) return line
  return wordBelow(jsonOf(line), "log")?.trimEnd() ?? line
}

import type { Exhibit, Exhibits, Part, SeenRequest, SeenResponse } from "./exhibits.ts"
import type { ExhibitFault } from "./fault.ts"
import { MOST_CHARS, MOST_EXHIBITS, MOST_REQUEST_CHARS } from "./limits.ts"
import { readEvents } from "./logs/events.ts"
import { requestOfEvents } from "./logs/refused.ts"
import { redact } from "./redact/redact.ts"
import { changed } from "./redact/span.ts"
import type { Reading } from "./request/draft.ts"
import { readErrorText } from "./request/error-text.ts"
import { readRequest } from "./request/read.ts"
import { readResponse } from "./request/response.ts"

/** A piece of text and what it is said to be, as it came from the person. */
export interface Piece {
  readonly part: Part
  readonly from: string
  readonly text: string
  /** As `Exhibit.lines`. */
  readonly lines?: readonly number[]
}

/**
 * Makes the exhibits of one case: credentials are blotted out first, then request, answer and log lines are read. An
 * answer that stands in a request's text (`curl -v`, HAR) is also listed as headers and body.
 */
export function assemble(pieces: readonly Piece[]): Exhibits {
  const faults: ExhibitFault[] = []
  if (pieces.length > MOST_EXHIBITS)
    faults.push({ from: "case", fault: `has more than ${MOST_EXHIBITS} pieces; of its logs the last were read` })
  const given = kept(pieces).map((piece) => exhibit(piece, faults))
  const readings = given.map(readingOf)
  const all = given.flatMap((it, index) => [it, ...answerIn(it, readings[index] ?? {})])
  const { events, faults: unread } = readEvents(
    all.filter(({ part }) => part === "log"),
    all.filter(({ part }) => part === "config"),
  )
  const of: Record<Part, Exhibit[]> = {
    symptom: [],
    request: [],
    headers: [],
    body: [],
    log: [],
    config: [],
    files: [],
  }
  for (const it of all) of[it.part].push(it)
  const request = firstRequest(readings) ?? requestOfEvents(events) ?? NO_REQUEST
  const response = joinedResponse(readings, of.body)
  const told = [...faults, ...unread]
  return { all, of, request, response, events, ...(told.length === 0 ? {} : { faults: told }) }
}

/** Of too many, what is no log first, and of logs the end: what was refused stands there. */
function kept(pieces: readonly Piece[]): readonly Piece[] {
  if (pieces.length <= MOST_EXHIBITS) return pieces
  const others = pieces.filter((it) => it.part !== "log").slice(0, MOST_EXHIBITS)
  const logs = pieces.filter((it) => it.part === "log")
  return [...others, ...logs.slice(logs.length - (MOST_EXHIBITS - others.length))]
}

const NO_REQUEST: SeenRequest = { headers: new Map(), areHeadersComplete: false }

/** Blotted out, and cut to a size that can be looked through; of a log the end is kept. */
function exhibit({ part, from, text, lines }: Piece, faults: ExhibitFault[]): Exhibit {
  const most = part === "request" ? MOST_REQUEST_CHARS : MOST_CHARS
  if (text.length <= most) return { part, from, ...clean(text), ...(lines === undefined ? {} : { lines }) }
  faults.push({
    from,
    fault: `is longer than ${most} characters; ${part === "log" ? "its end" : "its beginning"} was read`,
  })
  return { part, from, ...clean(part === "log" ? text.slice(-most) : text.slice(0, most)) }
}

function clean(original: string): Pick<Exhibit, "text" | "blots"> {
  const text = redact(original)
  return text === original ? { text } : { text, blots: changed(original, text) }
}

/** A client's error text is short; in a long log one might be of another request. */
const LONGEST_ERROR = 8 * 1024

function readingOf({ part, text }: Exhibit): Reading {
  switch (part) {
    case "request":
      return readRequest(text)
    case "headers":
    case "body":
      return readResponse(part, text)
    case "symptom":
    case "log":
      return text.length > LONGEST_ERROR ? {} : readErrorText(text)
    case "config":
    case "files":
      return {}
  }
}

/** The answer within another exhibit, under the parts where it is looked for. */
function answerIn({ part, from, text }: Exhibit, { response, head, entry }: Reading): readonly Exhibit[] {
  const place = entry === undefined ? from : `${from} log.entries[${entry}].response`
  const body = response?.body
  return [
    ...(part === "headers" || head === undefined ? [] : [{ part: "headers" as const, from: place, text: head }]),
    ...(part === "body" || body === undefined || body === text
      ? []
      : [{ part: "body" as const, from: place, text: body }]),
  ]
}

/** The first that says where the request went, or else the first there is. */
function firstRequest(readings: readonly Reading[]): SeenRequest | undefined {
  const requests = readings.flatMap(({ request }) => (request === undefined ? [] : [request]))
  return requests.find(({ target }) => target !== undefined) ?? requests[0]
}

/** What the headers say goes before what a client's error text says. */
function joinedResponse(readings: readonly Reading[], bodies: readonly Exhibit[]): SeenResponse {
  const responses = readings.flatMap(({ response }) => (response === undefined ? [] : [response]))
  const status = responses.find((it) => it.status !== undefined)?.status
  const headed = responses.find(({ headers }) => headers.size > 0)
  const body = responses.find((it) => it.body !== undefined)?.body ?? bodies[0]?.text
  return {
    ...(status === undefined ? {} : { status }),
    headers: headed?.headers ?? new Map(),
    areHeadersComplete: headed?.areHeadersComplete ?? false,
    ...(body === undefined ? {} : { body }),
  }
}

import { assemble, type Piece } from "./assemble.ts"
import type { Exhibits, Part } from "./exhibits.ts"
import type { ExhibitFault } from "./fault.ts"
import { isList, isMap, type Json, type JsonMap, jsonOf, plain } from "./json.ts"

/** Where each part of a case stands in `evidence`. Other names are the person's own and not read. */
const PLACES: ReadonlyMap<string, Part> = new Map([
  ["request", "request"],
  ["response_headers", "headers"],
  ["response_body", "body"],
  ["log_lines", "log"],
  ["config", "config"],
  ["ls", "files"],
])

const LONGEST_ID = 200

/** Names of a case that are not complained of. Those after `evidence` are labels for people or for scoring, and never read. */
const LABELS: ReadonlySet<string> = new Set(["id", "symptom", "method", "evidence", "cause", "fix", "layer", "thread"])

const METHOD = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/

/**
 * A case `{id?, symptom, evidence: {request, response_headers, response_body, log_lines[], config[], ls}}`, as text of
 * JSON or as a value. Any part may be missing, null or of another shape than meant: what could not be understood is told
 * in `faults`. A fault instead of exhibits is answered only for what is no case at all.
 */
export function readCase(given: unknown): Exhibits | ExhibitFault {
  const value = plain(typeof given === "string" ? jsonOf(given.replace(/^\uFEFF/, "")) : given)
  if (value === undefined) return { from: "case", fault: "is not JSON, or is nested too deep to be read" }
  if (!isMap(value)) return { from: "case", fault: "is not a map with `symptom` and `evidence`" }
  const faults: ExhibitFault[] = []
  const pieces = [...within("symptom", "symptom", own(value, "symptom"), faults), ...evidence(value, faults)]
  const method = own(value, "method")
  // Where the request itself is not given, its method alone still tells a preflight or a form from a page.
  if (typeof method === "string" && METHOD.test(method) && !pieces.some((it) => it.part === "request"))
    pieces.push({ part: "request", from: "method", text: method })
  for (const name of Object.keys(value)) if (!LABELS.has(name)) faults.push(unread(name))
  const id = own(value, "id")
  const exhibits = assemble(pieces)
  return {
    ...exhibits,
    ...(typeof id === "string" || typeof id === "number" ? { id: String(id).slice(0, LONGEST_ID) } : {}),
    faults: [...faults, ...(exhibits.faults ?? [])],
  }
}

function evidence(value: JsonMap, faults: ExhibitFault[]): readonly Piece[] {
  const given = own(value, "evidence")
  if (given === undefined || given === null) return []
  if (!isMap(given)) {
    faults.push({ from: "evidence", fault: "is not a map; nothing of it was read" })
    return []
  }
  for (const name of Object.keys(given)) if (!PLACES.has(name)) faults.push(unread(`evidence.${name}`))
  return [...PLACES].flatMap(([name, part]) => within(part, name, own(given, name), faults))
}

const own = (map: JsonMap, name: string): Json | undefined => (Object.hasOwn(map, name) ? map[name] : undefined)

/** The name is the person's, and cut so that it cannot fill the answer. */
const unread = (name: string): ExhibitFault => ({
  from: name.slice(0, 80),
  fault: "is no part of a case and was not read",
})

/** Parts that are meant to be lists. */
const LISTS: ReadonlySet<Part> = new Set(["log", "config", "files"])

/** The texts of one part, whatever shape it was given in. */
function within(part: Part, from: string, value: Json | undefined, faults: ExhibitFault[]): readonly Piece[] {
  if (value === undefined || value === null) return []
  if (typeof value === "string") return value.trim() === "" ? [] : [{ part, from, text: value }]
  if (typeof value === "number" || typeof value === "boolean") {
    faults.push({ from, fault: "is not text; it was read as if it were" })
    return [{ part, from, text: String(value) }]
  }
  if (isList(value)) {
    if (part === "headers") return [{ part, from, text: headerLines(value) }]
    if (!LISTS.has(part)) faults.push({ from, fault: "is a list; each entry was read for itself" })
    return value.flatMap((it, index) => within(part, `${from}[${index}]`, it, faults))
  }
  return ofMap(part, from, value)
}

function ofMap(part: Part, from: string, value: JsonMap): readonly Piece[] {
  switch (part) {
    case "headers":
      return [{ part, from, text: headerLines(value) }]
    case "request":
      return [{ part, from, text: requestText(value) }]
    case "config":
    case "files":
      return Object.entries(value).map(([name, it]) => ({
        part,
        from: `${from}[${JSON.stringify(name)}]`,
        text: flat(it),
      }))
    case "symptom":
    case "body":
    case "log":
      return [{ part, from, text: JSON.stringify(value) }]
  }
}

const flat = (value: Json | undefined): string => (typeof value === "string" ? value : JSON.stringify(value ?? null))

/** Header fields given as a map, as pairs, or as a list of `{name, value}`, one to a line. */
function headerLines(value: Json): string {
  if (isList(value)) return value.map(headerLine).join("\n")
  if (!isMap(value)) return flat(value)
  return Object.entries(value)
    .flatMap(([name, it]) => (isList(it) ? it : [it]).map((one) => `${name}: ${flat(one)}`))
    .join("\n")
}

function headerLine(value: Json): string {
  if (isList(value)) return value.map(flat).join(": ")
  if (isMap(value) && typeof value.name === "string") return `${value.name}: ${flat(value.value)}`
  return isMap(value) ? headerLines(value) : flat(value)
}

/** A request given as a map, written as the message it was; what it does not say is not written. */
function requestText(value: JsonMap): string {
  const { method, url, path, target, headers, body } = value
  const line = [method, [url, target, path].find((it) => typeof it === "string")].filter((it) => typeof it === "string")
  if (line.length === 0) return JSON.stringify(value)
  const head = [line.join(" "), ...(headers === undefined || headers === null ? [] : [headerLines(headers)])].join("\n")
  return body === undefined || body === null ? head : `${head}\n\n${flat(body)}`
}

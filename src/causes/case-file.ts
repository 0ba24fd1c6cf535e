import { type CasePart, type CaseSection, partsOf } from "./case-text.ts"

/** One request on a connection of its own, as text: see `requestBytes`. */
export interface CaseRequest {
  readonly text: string
  /** The head stops where the text does; otherwise an empty line is put behind it. */
  readonly isUnfinished: boolean
  /** The caller ends its side of the connection once all is sent. */
  readonly ends: boolean
}

/** What the service behind the gateway does with a request. */
export interface CaseUpstream {
  readonly does: "answers" | "ends" | "refuses connections" | "says nothing" | "resets the connection"
  /** The bytes it answers with, as text. */
  readonly text: string
}

/** All that a request meets. */
export interface Scene {
  readonly configuration: string
  readonly upstream: CaseUpstream
  /** What the outside does that no caller can make it do; empty for nothing. */
  readonly outside: string
  /** The last is the one that is judged; those before it have to be permitted. */
  readonly requests: readonly CaseRequest[]
}

/** The same with something done about it, after which it has to be permitted. */
export interface MendedScene extends Scene {
  readonly by: string
  /** What is done, as the end of a sentence. */
  readonly how: string
  /** What differs, as written. */
  readonly changes: readonly CaseSection[]
}

/** The worked example of a cause. */
export interface CaseFile extends Scene {
  readonly story: string
  readonly mended: readonly MendedScene[]
  /** What was seen when it was last run, by name. */
  readonly expected: ReadonlyMap<string, string>
  /** The file up to what is expected. */
  readonly given: string
}

/** What a service does that a case says nothing of. */
export const ANSWER: CaseUpstream = {
  does: "answers",
  text: `HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: 11\n\n{"id": 17}\\n`,
}
const MENDED = /^mended by the (caller|owner|operator): (.+)$/

/**
 * Reads a `.case` file. `shared` is the configuration of cases that write none. @throws where it is none.
 *
 *     What happens, in prose.
 *     --- configuration     YAML; left out: that of `example.yaml`
 *     --- outside           what no caller can bring about
 *     --- upstream, does    what it answers; left out: 200
 *     --- request           HTTP as text, see `bytesOf`; several are sent one after the other
 *     === mended by the caller: how        the same sections, for what differs; `--- edit` changes lines of the configuration
 *     === expected          written by `UPDATE=1 bun test test/cases.test.ts`
 */
export function readCase(text: string, shared: string): CaseFile {
  const [first, ...rest] = partsOf(text)
  if (first === undefined || first.prose === "") throw new Error("a case begins with what happens in it")
  const scene = changed({ configuration: shared, upstream: ANSWER, outside: "", requests: [] }, first.sections)
  if (scene.requests.length === 0) throw new Error("a case has a request")
  const expected = rest.find((it) => it.title === "expected")?.sections ?? []
  return {
    ...scene,
    story: first.prose,
    mended: rest.filter((it) => it.title !== "expected").map((it) => mendedScene(scene, it)),
    expected: new Map(expected.map((it) => [it.name, it.body])),
    given: text.split(/^=== expected$/m)[0]?.trimEnd() ?? "",
  }
}

function mendedScene(scene: Scene, { title, sections }: CasePart): MendedScene {
  const [, by = "", how = ""] = MENDED.exec(title) ?? []
  if (by === "") throw new Error(`"${title}" is not "mended by the caller: …", nor "expected"`)
  return { ...changed(scene, sections), by, how, changes: sections }
}

function changed(scene: Scene, sections: readonly CaseSection[]): Scene {
  const requests = sections.filter((it) => it.name === "request").map(requestOf)
  let next = requests.length === 0 ? scene : { ...scene, requests }
  for (const { name, detail, body } of sections) {
    if (name === "configuration") next = { ...next, configuration: `${body}\n` }
    else if (name === "edit") next = { ...next, configuration: edited(next.configuration, body) }
    else if (name === "upstream") next = { ...next, upstream: upstreamOf(detail, body) }
    else if (name === "outside") next = { ...next, outside: body }
    else if (name !== "request") throw new Error(`a case has no section "${name}"`)
  }
  return next
}

function requestOf({ detail, body }: CaseSection): CaseRequest {
  const said = detail === "" ? [] : detail.split(", ")
  for (const it of said)
    if (it !== "unfinished" && it !== "then an end") throw new Error(`a request is not sent "${it}"`)
  return { text: body, isUnfinished: said.includes("unfinished"), ends: said.includes("then an end") }
}

function upstreamOf(detail: string, body: string): CaseUpstream {
  const text = body === "" ? ANSWER.text : body
  switch (detail) {
    case "":
    case "answers":
      return { does: "answers", text }
    case "then ends":
      return { does: "ends", text }
    case "refuses connections":
    case "says nothing":
    case "resets the connection":
      return { does: detail, text: "" }
    default:
      throw new Error(`an upstream does not do "${detail}"`)
  }
}

/** Each line after `- ` becomes the line after the `+ ` below it; it has to be there exactly once. */
function edited(configuration: string, edit: string): string {
  let text = configuration
  for (const [, before = "", after = ""] of edit.matchAll(/^- (.*)\n\+ (.*)$/gm)) {
    if (text.split(before).length !== 2) throw new Error(`"${before}" is not in the configuration exactly once`)
    text = text.replace(before, () => after)
  }
  if (text === configuration) throw new Error("an edit changes nothing")
  return text
}

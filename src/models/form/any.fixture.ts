import fc, { type Arbitrary } from "fast-check"
import type { JsonObject } from "../json.ts"
import type { WireFormat } from "../wire-format.ts"
import type { ChatAnswer, Choice, Stop, TokenLogprob } from "./answer.ts"
import type { AnswerPart, CacheMark, Citation, DocumentPart, Medium, ToolResult, Turn, UserPart } from "./content.ts"
import { type ChatRequest, EFFORTS, type OutputForm, type Tool, type ToolChoice } from "./request.ts"
import type { Usage } from "./usage.ts"

/** Members of a request that may be absent. */
type Optional = Exclude<
  keyof ChatRequest,
  "model" | "system" | "turns" | "tools" | "output" | "stop" | "stream" | "streamUsage"
>

/** What the values shall be made of. Everything, unless told. */
export interface Scope {
  /** Of opaque parts, tools of a provider, signatures, raw citations and extras. */
  readonly format: WireFormat
  readonly userParts: readonly UserPart["kind"][]
  readonly answerParts: readonly AnswerPart["kind"][]
  /** What results of tools hold. */
  readonly resultParts: readonly UserPart["kind"][]
  readonly media: readonly Medium["kind"][]
  readonly stops: readonly Stop[]
  readonly outputs: readonly OutputForm["kind"][]
  readonly tools: readonly Tool["kind"][]
  /** Members of a request that are sometimes set. */
  readonly members: readonly Optional[]
  readonly cache: boolean
  readonly citations: boolean
  /** On reasoning, and redacted reasoning. */
  readonly signatures: boolean
  /** On texts and calls, as Gemini has them. */
  readonly textSignatures: boolean
  readonly names: boolean
  /** Instructions after the conversation began. */
  readonly systemTurns: boolean
  readonly failedResults: boolean
  readonly choices: number
  readonly logprobs: boolean
}

const EVERYTHING: Scope = {
  format: "openai-chat",
  userParts: ["text", "image", "document", "audio", "video", "opaque"],
  answerParts: ["text", "reasoning", "tool-call", "refusal", "made", "opaque"],
  resultParts: ["text", "image", "document"],
  media: ["inline", "address", "file"],
  stops: ["end", "length", "tool-calls", "stop-sequence", "filtered", "refusal", "pause", "other"],
  outputs: ["text", "json", "schema"],
  tools: ["function", "provider"],
  members: [
    "toolChoice",
    "parallelTools",
    "reasoning",
    "maxTokens",
    "temperature",
    "topP",
    "topK",
    "minP",
    "seed",
    "presencePenalty",
    "frequencyPenalty",
    "choices",
    "logprobs",
    "logitBias",
    "modalities",
    "audio",
    "user",
    "metadata",
    "serviceTier",
    "extras",
  ],
  cache: true,
  citations: true,
  signatures: true,
  textSignatures: true,
  names: true,
  systemTurns: true,
  failedResults: true,
  choices: 3,
  logprobs: true,
}

/** Not empty: an empty text is what most formats cannot tell from none. */
export const anyText: Arbitrary<string> = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
  fc.constantFrom('say "hi"\n', "data: [DONE]\n\n", "\u2028\\ud83d", "👩‍👩‍👧 é", '{"a":', " "),
)
const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{0,11}$/)
const base64 = fc.uint8Array({ minLength: 1, maxLength: 9 }).map((it) => Buffer.from(it).toString("base64"))
/** Of one's own format; never one that a format could know. */
const members: Arbitrary<JsonObject> = fc.dictionary(fc.constantFrom("x_one", "x_two"), fc.constantFrom(1, "a", true), {
  minKeys: 1,
})
const schema = fc.constantFrom<JsonObject>(
  { type: "object", properties: {} },
  { type: "object", properties: { city: { type: "string" } }, required: ["city"], additionalProperties: false },
)
const callArguments = fc.constantFrom("{}", '{"city":"Paris"}', '{"a":[1,2,{"b":"\\"}"}]}', '{"unfinished":')

/** `{a: arbitrary}` to an object in which members are sometimes absent. */
function some<T extends object>(arbitraries: { readonly [K in keyof T]: Arbitrary<T[K]> }) {
  return fc.record<T, never>(arbitraries, { requiredKeys: [] })
}

const mark: Arbitrary<CacheMark> = fc.record({ hour: fc.boolean() })
const marked = ({ cache }: Scope): Arbitrary<{ readonly cache?: CacheMark }> =>
  cache ? some({ cache: mark }) : fc.constant({})

/** Never fails as arbitraries are: a scope without any is a fault of the test. */
function oneOf<T>(arbitraries: readonly Arbitrary<T>[]): Arbitrary<T> {
  if (arbitraries.length === 0) throw new Error("the scope leaves nothing to choose from")
  return fc.oneof(...arbitraries)
}

function medium(scope: Scope, types: readonly string[]): Arbitrary<Medium> {
  const type = fc.constantFrom(...types)
  const media: { readonly [K in Medium["kind"]]: Arbitrary<Medium> } = {
    inline: fc.record({ kind: fc.constant("inline"), type, data: base64 }),
    address: fc.record({ kind: fc.constant("address"), url: fc.webUrl() }),
    file: fc.record({ kind: fc.constant("file"), id: name.map((it) => `file-${it}`) }),
  }
  return oneOf(scope.media.map((kind) => media[kind]))
}

/** Fields of two arbitraries in one object. */
const both = <A extends object, B extends object>(a: Arbitrary<A>, b: Arbitrary<B>): Arbitrary<A & B> =>
  fc.tuple(a, b).map(([x, y]) => ({ ...x, ...y }))

function opaque(scope: Scope) {
  return fc.record({
    kind: fc.constant("opaque" as const),
    format: fc.constant(scope.format),
    what: fc.constant("something of its own"),
    value: fc.record({ type: fc.constant("x_own"), x_value: name }),
  })
}

function anyUserPart(scope: Scope, kinds = scope.userParts): Arbitrary<UserPart> {
  return oneOf(kinds.map((kind) => both(userPart(scope, kind), marked(scope))))
}

function userPart(scope: Scope, kind: UserPart["kind"]): Arbitrary<UserPart> {
  switch (kind) {
    case "text":
      return fc.record({ kind: fc.constant(kind), text: anyText })
    case "image": {
      const image = medium(scope, ["image/png", "image/jpeg"])
      const detail = some({ detail: fc.constantFrom("low" as const, "high" as const, "auto" as const) })
      return both(fc.record({ kind: fc.constant(kind), medium: image }), detail)
    }
    case "document": {
      const text = fc.record({ kind: fc.constant("text" as const), text: anyText })
      const source: Arbitrary<DocumentPart["medium"]> = fc.oneof(medium(scope, ["application/pdf"]), text)
      const rest = some({ name, context: anyText, cited: fc.constant(true) })
      return both(fc.record({ kind: fc.constant(kind), medium: source }), rest)
    }
    case "audio":
      return fc.record({ kind: fc.constant(kind), medium: medium(scope, ["audio/wav", "audio/mpeg"]) })
    case "video":
      return fc.record({ kind: fc.constant(kind), medium: medium(scope, ["video/mp4"]) })
    case "opaque":
      return opaque(scope)
  }
}

/** Calls have the id `call`, which `anyRequest` and `anyAnswer` make unique. */
function anyAnswerPart(scope: Scope): Arbitrary<AnswerPart> {
  return oneOf(scope.answerParts.map((kind) => answerPart(scope, kind)))
}

function answerPart(scope: Scope, kind: AnswerPart["kind"]): Arbitrary<AnswerPart> {
  const signed: Arbitrary<{ readonly signature?: string }> = scope.textSignatures
    ? some({ signature: base64 })
    : fc.constant({})
  switch (kind) {
    case "text": {
      const citations = fc.array(anyCitation(scope), { minLength: 1, maxLength: 2 })
      const cited: Arbitrary<{ readonly citations?: readonly Citation[] }> = scope.citations
        ? some({ citations })
        : fc.constant({})
      return both(both(fc.record({ kind: fc.constant(kind), text: anyText }), cited), signed)
    }
    case "reasoning": {
      const plain = fc.record({ kind: fc.constant(kind), text: anyText })
      if (!scope.signatures) return plain
      const format = fc.constant(scope.format)
      return fc.oneof(
        plain,
        fc.record({ kind: fc.constant(kind), text: anyText, signature: base64, format }),
        fc.record({ kind: fc.constant(kind), text: fc.constant(""), redacted: base64, format }),
      )
    }
    case "tool-call":
      return both(
        fc.record({ kind: fc.constant(kind), id: fc.constant("call"), name, arguments: callArguments }),
        signed,
      )
    case "refusal":
      return fc.record({ kind: fc.constant(kind), text: anyText })
    case "made":
      return fc.record({ kind: fc.constant(kind), medium: medium(scope, ["image/png"]) })
    case "opaque":
      return opaque(scope)
  }
}

/** Ranges are those of a text of at least one unit. */
function anyCitation({ format }: Scope): Arbitrary<Citation> {
  return fc.oneof(
    fc.record({ from: fc.constant(0), to: fc.constant(1), url: fc.webUrl(), title: name }),
    fc.record({ from: fc.constant(0), to: fc.constant(1), document: fc.nat(3), quote: anyText }),
    fc.record({ raw: fc.record({ format: fc.constant(format), value: fc.record({ type: fc.constant("x_own") }) }) }),
  )
}

function anyTool(scope: Scope): Arbitrary<Tool> {
  return oneOf(
    scope.tools.map((kind): Arbitrary<Tool> => {
      if (kind === "function") {
        const rest = some({ description: anyText, parameters: schema, strict: fc.boolean() })
        return both(both(fc.record({ kind: fc.constant(kind), name }), rest), marked(scope))
      }
      return fc.record({
        kind: fc.constant(kind),
        format: fc.constant(scope.format),
        what: fc.constant("tool of its own"),
        value: fc.record({ type: fc.constant("x_own_tool") }),
      })
    }),
  )
}

/** What was said by both, with the results of all calls; ends with what a model shall answer. */
function anyTurns(scope: Scope): Arbitrary<readonly Turn[]> {
  const named: Arbitrary<{ readonly name?: string }> = scope.names ? some({ name }) : fc.constant({})
  const user = both(
    fc.record({
      role: fc.constant("user" as const),
      parts: fc.array(anyUserPart(scope), { minLength: 1, maxLength: 3 }),
    }),
    named,
  )
  const assistant = both(
    fc.record({
      role: fc.constant("assistant" as const),
      parts: fc.array(anyAnswerPart(scope), { minLength: 1, maxLength: 4 }),
    }),
    named,
  )
  const system = fc.record({
    role: fc.constant("system" as const),
    parts: fc.array(both(fc.record({ kind: fc.constant("text" as const), text: anyText }), marked(scope)), {
      minLength: 1,
      maxLength: 2,
    }),
  })
  const result = both(
    fc.record({
      parts: fc.array(anyUserPart(scope, scope.resultParts), { minLength: 1, maxLength: 2 }),
      isError: scope.failedResults ? fc.boolean() : fc.constant(false),
    }),
    marked(scope),
  )
  const round = fc.record({
    user,
    system: scope.systemTurns ? fc.option(system, { nil: undefined, freq: 4 }) : fc.constant(undefined),
    assistant,
    results: fc.array(result, { minLength: 4, maxLength: 4 }),
  })
  return fc.tuple(fc.array(round, { maxLength: 3 }), user).map(([rounds, last]) => {
    const turns: Turn[] = []
    for (const [index, it] of rounds.entries()) {
      const parts = numbered(it.assistant.parts, `call_${index}`)
      turns.push(it.user)
      if (it.system !== undefined) turns.push(it.system)
      turns.push({ ...it.assistant, parts })
      const results = parts.flatMap((part, at): readonly ToolResult[] => {
        const found = it.results[at]
        return part.kind === "tool-call" && found !== undefined ? [{ ...found, id: part.id, name: part.name }] : []
      })
      if (results.length > 0) turns.push({ role: "tool", results })
    }
    const before = turns.at(-1)
    // Sometimes it is the results of tools that are to be answered.
    return before?.role === "tool" && last.parts.length > 1 ? turns : [...turns, last]
  })
}

const numbered = (parts: readonly AnswerPart[], prefix: string): readonly AnswerPart[] =>
  parts.map((it, at) => (it.kind === "tool-call" ? { ...it, id: `${prefix}_${at}` } : it))

function anyOutput({ outputs }: Scope): Arbitrary<OutputForm> {
  return oneOf(
    outputs.map((kind): Arbitrary<OutputForm> => {
      if (kind !== "schema") return fc.constant({ kind })
      return both(
        fc.record({ kind: fc.constant(kind), name, schema }),
        some({ strict: fc.boolean(), description: anyText }),
      )
    }),
  )
}

/** A choice that holds: a named tool is one of the request's. */
function anyChoiceOf(tools: readonly Tool[]): Arbitrary<ToolChoice> {
  const names = tools.flatMap((it) => (it.kind === "function" ? [it.name] : []))
  const plain = fc.constantFrom<ToolChoice>({ kind: "auto" }, { kind: "none" }, { kind: "required" })
  if (names.length === 0) return plain
  return fc.oneof(plain, fc.record({ kind: fc.constant("named" as const), name: fc.constantFrom(...names) }))
}

/** Requests of conversations that hold: every result is of a call before it; tools are chosen and told only where there are some. */
export function anyRequest(told: Partial<Scope> = {}): Arbitrary<ChatRequest> {
  const scope = { ...EVERYTHING, ...told }
  const fraction = fc.integer({ min: 0, max: 8 }).map((it) => it / 8)
  const base = fc.record({
    model: name,
    system: fc.array(both(fc.record({ kind: fc.constant("text" as const), text: anyText }), marked(scope)), {
      maxLength: 2,
    }),
    turns: anyTurns(scope),
    tools: fc.uniqueArray(anyTool(scope), {
      maxLength: 3,
      selector: (it) => (it.kind === "function" ? it.name : it.what),
    }),
    output: anyOutput(scope),
    stop: fc.array(anyText, { maxLength: 2 }),
    stream: fc.boolean(),
    streamUsage: fc.boolean(),
  })
  const optional = some<Required<Omit<Pick<ChatRequest, Optional>, "toolChoice">>>({
    parallelTools: fc.boolean(),
    reasoning: fc.oneof(
      fc.record({ effort: fc.constantFrom(...EFFORTS) }),
      fc.record({ budget: fc.integer({ min: 1024, max: 60_000 }), told: fc.boolean() }),
    ),
    maxTokens: fc.integer({ min: 1, max: 100_000 }),
    temperature: fraction,
    topP: fraction,
    topK: fc.integer({ min: 1, max: 100 }),
    minP: fraction,
    seed: fc.integer(),
    presencePenalty: fraction,
    frequencyPenalty: fraction,
    choices: fc.integer({ min: 1, max: 3 }),
    logprobs: fc.nat(5),
    logitBias: fc.constant({ "50256": -100 }),
    modalities: fc.constant(["text", "audio"] as const),
    audio: fc.constant({ voice: "alloy", format: "wav" }),
    user: name,
    metadata: fc.record({ customer: name }),
    serviceTier: fc.constantFrom("auto", "default"),
    extras: fc.record({ format: fc.constant(scope.format), members }),
  })
  return fc.tuple(base, optional).chain(([request, rest]) => {
    const kept = Object.fromEntries(
      Object.entries(rest).filter(
        ([key]) => scope.members.some((it) => it === key) && (key !== "parallelTools" || request.tools.length > 0),
      ),
    )
    const whole: ChatRequest = { ...request, streamUsage: request.stream && request.streamUsage, ...kept }
    if (request.tools.length === 0 || !scope.members.includes("toolChoice")) return fc.constant(whole)
    return fc
      .option(anyChoiceOf(request.tools), { nil: undefined })
      .map((toolChoice) => (toolChoice === undefined ? whole : { ...whole, toolChoice }))
  })
}

/** Parts are told of totals and never more than these. */
const anyUsage: Arbitrary<Usage> = fc
  .record({
    input: fc.nat(10_000),
    output: fc.nat(10_000),
    shares: fc.array(fc.nat(4), { minLength: 5, maxLength: 5 }),
  })
  .map(({ input, output, shares: [a = 0, b = 0, c = 0, d = 0, e = 0] }) => ({
    input,
    output,
    cachedInput: Math.floor((input * a) / 12),
    cacheWrite: Math.floor((input * b) / 12),
    cacheWriteHour: 0,
    reasoning: Math.floor((output * c) / 12),
    audioInput: Math.floor((input * d) / 12),
    audioOutput: Math.floor((output * e) / 12),
  }))

const token: Arbitrary<TokenLogprob> = fc
  .record({ token: anyText, logprob: fc.integer({ min: -64, max: 0 }).map((it) => it / 4) })
  .chain((it) => {
    const told = { ...it, bytes: [...Buffer.from(it.token)] }
    return fc.constantFrom({ ...told, top: [] }, { ...told, top: [told, { ...told, logprob: -20, bytes: null }] })
  })

function anyChoice(scope: Scope): Arbitrary<Choice> {
  const base = fc.record({
    parts: fc.array(anyAnswerPart(scope), { maxLength: 5 }),
    stop: fc.constantFrom(...scope.stops),
  })
  if (!scope.logprobs) return base
  return both(base, some({ logprobs: fc.array(token, { minLength: 1, maxLength: 3 }) }))
}

/** Answers in which `stopDetail` is told where the reason asks for one. Formats have to put them in the order they can tell. */
export function anyAnswer(told: Partial<Scope> = {}): Arbitrary<ChatAnswer> {
  const scope = { ...EVERYTHING, ...told }
  const base = fc.record({
    id: name.map((it) => `answer-${it}`),
    model: name,
    created: fc.nat(2_000_000_000),
    choices: fc.array(anyChoice(scope), { minLength: 1, maxLength: scope.choices }),
  })
  const extras: Arbitrary<Pick<ChatAnswer, "extras">> = scope.members.includes("extras")
    ? some({ extras: fc.record({ format: fc.constant(scope.format), members }) })
    : fc.constant({})
  const rest = both(some({ usage: anyUsage, serviceTier: fc.constantFrom("default", "priority") }), extras)
  return both(base, rest).map((answer) => ({
    ...answer,
    choices: answer.choices.map((it, index) => ({
      ...it,
      parts: numbered(it.parts, `call_${index}`),
      ...(it.stop === "stop-sequence" ? { stopDetail: "END" } : it.stop === "other" ? { stopDetail: "x_reason" } : {}),
    })),
  }))
}

/** Bytes in pieces, cut where the numbers say. */
export function cutAt(bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const at = [0, ...cuts.map((it) => it % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((to, i) => bytes.slice(at[i], to))
}

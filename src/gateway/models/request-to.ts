import { useOf } from "../../facts/model-use.ts"
import type { CredentialPlace } from "../../facts/world.ts"
import type { ClientRequest } from "../../http/client.ts"
import { OUTBOUND } from "../../models/codecs.ts"
import { withField } from "../../models/multipart.ts"
import { withMember } from "../../models/openai/json-text.ts"
import { isUsageUnasked, withUsageAsked } from "../../models/openai/stream-usage.ts"
import { modelAt } from "../../models/routing/served-models.ts"
import type { Target } from "../../models/routing/target.ts"
import { isChat, pathFor } from "../../models/routing/way.ts"
import type { Call } from "../call.ts"
import { fieldOf } from "../credential.ts"
import { forwardedLines } from "../relayed-fields.ts"
import { traceLines } from "../trace-context.ts"
import type { AskedModel } from "./asked-model.ts"
import type { Attempt } from "./attempt.ts"
import { headFor } from "./told-target.ts"

/** The request that asks a target, in its own format and with its own key. */
export function requestTo(
  call: Call,
  asked: AskedModel,
  attempt: Attempt,
  now: number,
): { readonly request: ClientRequest; readonly body: Uint8Array } {
  const { served, model } = asked
  const { target, key, way, losses } = attempt
  if (served === undefined || model === undefined) throw new Error("a model call was permitted without its model")
  attempt.isUsageAdded = isUsageMissing(call, asked, attempt)
  const name = modelAt(target, served, model)
  const path = pathFor(way.path, name)
  const isPassed = way.kind === "pass"
  const body = isPassed
    ? passedBody(asked, name, attempt.isUsageAdded)
    : Buffer.from(translatedBody(asked, name, { target, way, losses }))
  const lines = (isPassed ? passedLines(call, target) : OWN_LINES) + tracing(call)
  const head = headFor({
    target,
    key,
    path: isPassed ? withQuery(path, call.exchange.head.query) : path,
    lines,
    body,
    now,
  })
  const framing = { kind: "sized", length: body.length } as const
  return { request: { origin: target.origin, method: "POST", head, framing, replayable: false }, body }
}

const OWN_LINES = "Content-Type: application/json\r\nUser-Agent: pinpoint\r\n"

const tracing = (call: Call): string =>
  `X-Request-Id: ${call.requestId}\r\n${traceLines(call.exchange.head.fields, call.decision)}`

/** Whether a stream that passes would not tell its usage, where somebody counts it. */
function isUsageMissing(call: Call, { body, wanted }: AskedModel, { target, way }: Attempt): boolean {
  const isOpenai = way.format === "openai-chat" || way.format === "azure-openai"
  if (way.kind !== "pass" || !isOpenai || !isChat(wanted.operation) || body === undefined) return false
  const use = useOf(call)
  const isLimited = use !== undefined && (use.tokens.length > 0 || use.booking?.booking.held === true)
  const isCounted = isLimited || (target.info?.prices.length ?? 0) > 0
  return isCounted && isUsageUnasked(body, target.quirks)
}

/** The same bytes, but for the model's name and what the gateway asks for itself. */
function passedBody({ bytes, body, fields, wanted }: AskedModel, name: string, isUsageAdded: boolean): Uint8Array {
  if (body === undefined) return withField(bytes, fields, "model", name)
  const asking = isUsageAdded ? withUsageAsked(bytes, body) : bytes
  return wanted.model === undefined ? withMember(asking, "model", JSON.stringify(name)) : asking
}

function translatedBody(
  asked: AskedModel,
  model: string,
  { target, way, losses }: Pick<Attempt, "target" | "way" | "losses">,
): string {
  const { body } = asked
  const translation = asked.translationTo(target)
  if (translation !== undefined && body !== undefined)
    return JSON.stringify(translation.write(body, model, target.quirks, losses))
  const form = asked.chatFor(losses)
  if (form === undefined) throw new Error("a model call was permitted that was not read")
  return JSON.stringify(OUTBOUND[way.format].writeRequest({ ...form, model }, target.quirks, losses))
}

/** Of the caller, and no business of a provider: credentials in whatever field, cookies; and a coding we would have to undo. */
const KEPT = ["authorization", "x-api-key", "x-goog-api-key", "api-key", "cookie", "accept-encoding"]

/** By where keys are looked for, of which a plan has a few: what stays here. */
const STAY = new WeakMap<readonly CredentialPlace[], ReadonlySet<string>>()
/** The same with what the target is told by the gateway: told twice, it would be the provider's choice which counts. */
const STAY_FOR = new WeakMap<Target, { readonly of: ReadonlySet<string>; readonly stay: ReadonlySet<string> }>()

function passedLines(call: Call, target: Target): string {
  const { places } = call
  const of = STAY.get(places) ?? new Set([...KEPT, ...places.map(fieldOf)])
  STAY.set(places, of)
  const known = STAY_FOR.get(target)
  const stay = known?.of === of ? known.stay : new Set([...of, ...ownFields(target)])
  if (known?.of !== of) STAY_FOR.set(target, { of, stay })
  return forwardedLines(call.exchange.head.fields, "", stay)
}

const ownFields = ({ headers, auth }: Target): readonly string[] => [
  ...headers.map(([name]) => name.toLowerCase()),
  ...(auth.kind === "header" ? [auth.name] : []),
  ...(auth.kind === "sigv4" ? SIGNED : []),
]

const SIGNED = ["x-amz-date", "x-amz-security-token", "x-amz-content-sha256"]

/** The caller's query behind the provider's, without what would be a key (`key`) and what the provider's address says already. */
function withQuery(path: string, query: string): string {
  if (query.length <= 1) return path
  const own = new Set(
    path
      .slice(path.indexOf("?") + 1)
      .split("&")
      .map(nameOf),
  )
  const kept = query
    .slice(1)
    .split("&")
    .filter((it) => it !== "" && nameOf(it) !== "key" && !(path.includes("?") && own.has(nameOf(it))))
  return kept.length === 0 ? path : `${path}${path.includes("?") ? "&" : "?"}${kept.join("&")}`
}

const nameOf = (pair: string): string => pair.split("=", 1)[0] ?? ""

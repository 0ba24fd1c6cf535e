import type { ResponseHead } from "../../http/head.ts"
import { inboundAt, OUTBOUND } from "../../models/codecs.ts"
import type { ChatAnswer } from "../../models/form/answer.ts"
import { FormFault } from "../../models/form/fault.ts"
import { Fold } from "../../models/form/fold.ts"
import { bareRequest, type ChatRequest } from "../../models/form/request.ts"
import { withStringsOf } from "../../models/form/strings.ts"
import { unfold } from "../../models/form/unfold.ts"
import { type JsonObject, parseObject } from "../../models/json.ts"
import { usageOf } from "../../models/openai/usage-of.ts"
import { inBase64 } from "../../models/operations/openai-embeddings.ts"
import type { ToldAnswer } from "../../models/operations/translation.ts"
import type { Attempt } from "./attempt.ts"
import { asFailure } from "./failure.ts"
import { unreadable } from "./intake.ts"
import type { ModelCall } from "./model-call.ts"
import { passedAnswerLines } from "./provider-lines.ts"

const JSON_LINES = "Content-Type: application/json\r\n"

/** An answer in the caller's own dialect: checked to be one, and passed on byte for byte. */
export function passWhole(owner: ModelCall, attempt: Attempt, head: ResponseHead, bytes: Buffer): void {
  const body = answerIn(attempt, head, bytes)
  if (body === undefined) return
  const isChat = owner.asked.wanted.operation === "chat" || owner.asked.wanted.operation === "responses"
  const answer = isChat ? read(attempt, head, body) : undefined
  if (isChat && answer === undefined) return
  if (owner.asked.stream && answer !== undefined) {
    // Some servers know no streams. A caller who asked for one cannot read anything else.
    const { form, model = answer.model } = owner.asked
    tell(owner, attempt, { ...answer, model }, form ?? bareRequest(model, true), undefined)
    return
  }
  if (owner.guard !== undefined && owner.asked.wanted.operation === "transcription") {
    passTranscript(owner, attempt, head, body)
    return
  }
  const told = readable(attempt, head, () => passedBytes(owner, body, bytes))
  if (told === undefined) return
  owner.begin(attempt, head.status, passedAnswerLines(head.fields), told.length)
  owner.write(told)
  owner.finish(head.status, answer === undefined ? usageOf(body) : answer.usage, answer)
}

/** What was heard, as guardrails let it be told: a text, or JSON of texts. */
export function passTranscript(
  owner: ModelCall,
  attempt: Attempt,
  head: ResponseHead,
  heard: string | JsonObject,
): void {
  const { guard } = owner
  if (guard === undefined) throw new Error("a transcript is looked at by no guardrail")
  const text =
    typeof heard === "string" ? guard.said(heard) : JSON.stringify(withStringsOf(heard, (it) => guard.said(it)))
  const told = Buffer.from(text)
  const tell = (): void => {
    owner.begin(attempt, head.status, passedAnswerLines(head.fields), told.length)
    owner.write(told)
    owner.finish(head.status, typeof heard === "string" ? undefined : usageOf(heard))
  }
  if (guard.judges) owner.judged(tell)
  else tell()
}

/** As they came, but for vectors that were to come in base64. */
function passedBytes({ asked }: ModelCall, answer: JsonObject, bytes: Buffer): Buffer {
  if (asked.wanted.operation !== "embeddings" || asked.body === undefined) return bytes
  const changed = inBase64(answer, asked.body)
  return changed === undefined ? bytes : Buffer.from(JSON.stringify(changed))
}

/** An answer in another format, told anew; as a stream where the caller asked for one and the provider gave none. */
export function translateWhole(owner: ModelCall, attempt: Attempt, head: ResponseHead, bytes: Buffer): void {
  const { asked } = owner
  const body = answerIn(attempt, head, bytes)
  if (body === undefined) return
  const translation = asked.translationTo(attempt.target)
  if (translation !== undefined) {
    tellOperation(owner, attempt, head, () => translation.read(body, asked.body ?? {}, asked.model ?? ""))
    return
  }
  const found = read(attempt, head, body)
  const { form } = asked
  if (found === undefined || form === undefined) return
  const answer = guarded(owner, { ...found, model: asked.model ?? found.model })
  // An answer may be one of the provider's format, and not what was asked for.
  const told = asked.stream
    ? undefined
    : readable(attempt, head, () => inboundAt(asked.endpoint).writeAnswer(answer, form, attempt.losses))
  if (told === undefined && !asked.stream) return
  if (owner.guard?.judges === true) owner.judged(() => tell(owner, attempt, answer, form, told))
  else tell(owner, attempt, answer, form, told)
}

/** With what guardrails mask blotted out. */
function guarded({ guard }: ModelCall, answer: ChatAnswer): ChatAnswer {
  if (guard === undefined) return answer
  const fold = new Fold()
  for (const event of unfold(answer)) guard.pass(event, (it) => fold.add(it))
  return fold.result().answer
}

/** `told`: the answer written whole; undefined where it is to come as a stream. */
function tell(
  owner: ModelCall,
  attempt: Attempt,
  answer: ChatAnswer,
  form: ChatRequest,
  told: JsonObject | undefined,
): void {
  if (told === undefined) {
    const writer = inboundAt(owner.asked.endpoint).writer(form, attempt.losses, owner.asked.course)
    owner.side.stream = writer
    owner.begin(attempt, 200, `Content-Type: ${writer.type}\r\nCache-Control: no-cache\r\n`, undefined)
    let text = ""
    for (const event of unfold(answer)) text += writer.write(event)
    owner.write(Buffer.from(text))
  } else {
    const bytes = Buffer.from(JSON.stringify(told))
    owner.begin(attempt, 200, JSON_LINES, bytes.length)
    owner.write(bytes)
  }
  owner.finish(200, answer.usage, answer)
}

/** Undefined where it is no JSON object, or an error that came with a good status; the attempt has failed then. */
function answerIn(attempt: Attempt, head: ResponseHead, bytes: Buffer): JsonObject | undefined {
  const body = parseObject(bytes.toString("utf8"))
  if (body === undefined) {
    const type = head.fields.get("content-type") ?? "no content type"
    attempt.fail({
      kind: "provider",
      fault: unreadable(head.status, `${head.status} with ${type}, ${bytes.length} bytes`),
    })
    return undefined
  }
  if (body.error === undefined || body.error === null) return body
  attempt.fail(asFailure(OUTBOUND[attempt.way.format].readError(502, body), attempt.key?.secret))
  return undefined
}

function tellOperation(owner: ModelCall, attempt: Attempt, head: ResponseHead, translated: () => ToldAnswer): void {
  const answer = readable(attempt, head, translated)
  if (answer === undefined) return
  const told = Buffer.from(JSON.stringify(answer.told))
  owner.begin(attempt, 200, JSON_LINES, told.length)
  owner.write(told)
  owner.finish(200, answer.usage)
}

const read = (attempt: Attempt, head: ResponseHead, body: JsonObject): ChatAnswer | undefined =>
  readable(attempt, head, () => OUTBOUND[attempt.way.format].readAnswer(body))

/** Undefined where it is no answer of the provider's format; the attempt has failed then. */
function readable<T>(attempt: Attempt, head: ResponseHead, answer: () => T): T | undefined {
  try {
    return answer()
  } catch (error) {
    if (!(error instanceof FormFault)) throw error
    attempt.fail({ kind: "provider", fault: unreadable(head.status, error.message) })
    return undefined
  }
}

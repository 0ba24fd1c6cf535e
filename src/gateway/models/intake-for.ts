import type { ResponseHead } from "../../http/head.ts"
import { OUTBOUND } from "../../models/codecs.ts"
import type { Attempt } from "./attempt.ts"
import { failureOf } from "./failure.ts"
import { Beginning, type Intake, MOST_OF_ANSWER, unreadable, WholeBody } from "./intake.ts"
import type { ModelCall } from "./model-call.ts"
import { PassedBytes } from "./passed-bytes.ts"
import { PassedStream } from "./passed-stream.ts"
import { TranslatedStream } from "./translated-stream.ts"
import { passTranscript, passWhole, translateWhole } from "./whole-answer.ts"

/** Of a failure's text. */
const MOST_OF_ERROR = 64 * 1024

const MEDIA: ReadonlySet<string> = new Set(["images", "speech", "transcription"])

/** Who takes in an answer, by what it is and what was asked. */
export function intakeFor(owner: ModelCall, attempt: Attempt, head: ResponseHead): Intake {
  const { way, key } = attempt
  const outbound = OUTBOUND[way.format]
  const now = owner.call.running.outside.clock()
  if (head.status >= 300 || head.status < 200)
    return new Beginning(MOST_OF_ERROR, (body) =>
      attempt.fail({ kind: "provider", fault: failureOf(outbound, head, body, key?.secret, now) }),
    )
  const type = (head.fields.get("content-type") ?? "").toLowerCase()
  const whole = (then: (bytes: Buffer) => void): Intake =>
    new WholeBody(MOST_OF_ANSWER, then, () =>
      attempt.fail({ kind: "provider", fault: unreadable(head.status, `more than ${MOST_OF_ANSWER} bytes`) }),
    )
  const isJson = type.startsWith("application/json")
  const isStream = owner.asked.stream && !isJson && !type.startsWith("text/html")
  // Sounds, transcripts as plain text, images one by one: what has no form here passes as it comes.
  if (way.kind === "pass" && MEDIA.has(owner.asked.wanted.operation) && !isJson && !type.startsWith("text/html"))
    return owner.guard !== undefined && owner.asked.wanted.operation === "transcription"
      ? whole((bytes) => passTranscript(owner, attempt, head, bytes.toString("utf8")))
      : new PassedBytes(owner, attempt, head)
  if (way.kind === "translate")
    return isStream
      ? new TranslatedStream(owner, attempt)
      : whole((bytes) => translateWhole(owner, attempt, head, bytes))
  if (isStream) return new PassedStream(owner, attempt, head)
  return whole((bytes) => passWhole(owner, attempt, head, bytes))
}

import { NO_USE } from "../../facts/model-use.ts"
import { inboundAt } from "../../models/codecs.ts"
import type { ChatAnswer } from "../../models/form/answer.ts"
import { FormFault } from "../../models/form/fault.ts"
import { Losses } from "../../models/form/losses.ts"
import { bareRequest, type ChatRequest } from "../../models/form/request.ts"
import { unfold } from "../../models/form/unfold.ts"
import type { AskedModel } from "./asked-model.ts"
import type { ModelCall } from "./model-call.ts"
import { settle } from "./settle.ts"

/** Tells an answer that was given before, in the caller's dialect and as the caller wants it. It costs nothing. */
export function tellRecalled(owner: ModelCall, answer: ChatAnswer): void {
  const { asked, side, call } = owner
  const inbound = inboundAt(asked.endpoint)
  const losses = new Losses()
  const form = formOf(asked)
  side.cost = NO_USE.cost
  settle(call, NO_USE)
  if (asked.stream) {
    const writer = inbound.writer(form, losses, asked.course)
    side.stream = writer
    let text = ""
    for (const event of unfold(answer)) text += writer.write(event)
    owner.begin(undefined, 200, `Content-Type: ${writer.type}\r\nCache-Control: no-cache\r\n`, undefined)
    owner.write(Buffer.from(text))
  } else {
    const told = Buffer.from(JSON.stringify(inbound.writeAnswer(answer, form, losses)))
    owner.begin(undefined, 200, "Content-Type: application/json\r\n", told.length)
    owner.write(told)
  }
  owner.finish(200, undefined)
}

/** A request that was passed on unread so far may hold what its dialect does not know, and was answered all the same. */
function formOf({ form, endpoint, body, model = "", stream, wanted }: AskedModel): ChatRequest {
  if (form !== undefined) return form
  try {
    const asked = { ...(wanted.model !== undefined && { model: wanted.model }), stream, staysInFormat: true }
    return inboundAt(endpoint).readRequest(body ?? {}, asked)
  } catch (error) {
    if (error instanceof FormFault) return bareRequest(model, stream)
    throw error
  }
}

import type { ModelRequest } from "../facts/world.ts"
import { readChatRequest } from "../models/openai/chat-request.ts"
import type { Call } from "./call.ts"

/** A body held in memory, as deciding needs what it says. */
export interface HeldBody {
  readonly read: Promise<ModelRequest>
  /** The parsed JSON object; undefined until it was read, and where it is none. */
  json(): Readonly<Record<string, unknown>> | undefined
}

/** Reads the whole body of a call, up to `most` bytes; what is longer is no longer kept but still counted as too long. */
export function holdBody(call: Call, most: number): HeldBody {
  const chunks: Uint8Array[] = []
  let length = 0
  let json: Readonly<Record<string, unknown>> | undefined
  const { promise, resolve } = Promise.withResolvers<ModelRequest>()
  const finish = (): void => {
    call.sink = undefined
    const read = readChatRequest(Buffer.concat(chunks))
    json = read?.json
    resolve({ length, body: read === undefined ? "not a JSON object" : "a JSON object", model: read?.model ?? null })
  }
  call.sink = {
    onBody: (bytes) => {
      length += bytes.length
      if (length <= most) chunks.push(bytes.slice())
      else {
        chunks.length = 0
        call.exchange.pauseBody()
        resolve({ length, body: "not a JSON object", model: null })
      }
    },
    onBodyEnd: finish,
    onCallerDrain: () => undefined,
    // The call is over; whoever still awaits the decision finds it so.
    onAbort: () => resolve({ length, body: "not a JSON object", model: null }),
  }
  if (call.exchange.head.framing.kind === "none") finish()
  else call.exchange.readBody()
  return { read: promise, json: () => json }
}

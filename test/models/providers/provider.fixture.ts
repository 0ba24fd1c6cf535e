import { anthropic } from "./anthropic.fixture.ts"
import type { Asked } from "./asked.fixture.ts"
import { azure } from "./azure-openai.fixture.ts"
import { bedrock } from "./bedrock.fixture.ts"
import { cohere } from "./cohere.fixture.ts"
import { broken, meetFault } from "./faults.fixture.ts"
import { gemini } from "./gemini.fixture.ts"
import { ollama } from "./ollama.fixture.ts"
import { openaiChat } from "./openai-chat.fixture.ts"
import { openaiResponses } from "./openai-responses.fixture.ts"
import { torn } from "./pieces.fixture.ts"
import { type Script, standardScript } from "./script.fixture.ts"
import { type Heard, listen, type Reply } from "./server.fixture.ts"
import { Refused, type Turn, type Wire } from "./wire.fixture.ts"

const wires = {
  "openai-chat": openaiChat,
  "openai-responses": openaiResponses,
  anthropic,
  gemini,
  bedrock,
  "azure-openai": azure,
  cohere,
  ollama,
} as const satisfies Readonly<Record<string, Wire>>

export type Format = keyof typeof wires

export const formats: readonly Format[] = [
  "openai-chat",
  "openai-responses",
  "anthropic",
  "gemini",
  "bedrock",
  "azure-openai",
  "cohere",
  "ollama",
]

/** A request that a scripted provider got, and what became of it. */
export interface SeenRequest extends Heard {
  /** What it means, where it was taken as a question to a model. */
  asked(): Asked | undefined
  /** The status answered; undefined where nothing is. */
  status(): number | undefined
  /** Whether the client went before the answer was whole. */
  isAbandoned(): boolean
}

export interface Provider {
  readonly format: Format
  /** `http://127.0.0.1:port`, without a path. */
  readonly url: string
  requests(): readonly SeenRequest[]
  /** Forgets what it was asked, and so what it would call cached. */
  forget(): void
  stop(): Promise<void>
}

/** Starts a provider which speaks `format` on a free port of the loopback. Model names ask for faults: faults.fixture.ts. */
export async function startProvider(format: Format, script: Script = standardScript): Promise<Provider> {
  const wire: Wire = wires[format]
  const seen: SeenRequest[] = []
  const known = new Set<string>()
  let serial = 0
  const server = await listen((heard) => {
    serial += 1
    const outcome = answered(wire, heard, serial, known, script)
    let isAbandoned = false
    const { reply, asked } = outcome
    const status = reply.kind === "silence" ? undefined : reply.kind === "stream" ? 200 : reply.status
    seen.push({ ...heard, asked: () => asked, status: () => status, isAbandoned: () => isAbandoned })
    const left = (): void => {
      isAbandoned = true
    }
    return { reply, left }
  })
  const forget = (): void => {
    seen.length = 0
    known.clear()
  }
  const url = `http://127.0.0.1:${server.port}`
  return { format, url, requests: () => seen, forget, stop: () => server.stop() }
}

interface Outcome {
  readonly reply: Reply
  readonly asked: Asked | undefined
}

function answered(wire: Wire, heard: Heard, serial: number, known: Set<string>, script: Script): Outcome {
  let met = ""
  let question: Asked | undefined
  const turn: Turn = {
    serial,
    meet: (model) => {
      met = model
      meetFault(model)
    },
    decide: (asked) => {
      question = asked
      turn.meet(asked.model)
      const repetition = JSON.stringify([asked.model, asked.system, asked.messages])
      const isRepeated = known.has(repetition)
      known.add(repetition)
      return script(asked, isRepeated)
    },
  }
  try {
    const reply = wire.answer(heard, turn)
    return { reply: withTears(broken(met, reply, wire, turn)), asked: question }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { reply: wire.refuse(error.problem, turn), asked: question }
  }
}

/** Characters of several bytes come in two chunks. */
const withTears = (reply: Reply): Reply =>
  reply.kind === "stream" ? { ...reply, frames: reply.frames.flatMap(torn) } : reply

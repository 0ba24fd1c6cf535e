import { writeTokenCount } from "../anthropic/count-tokens.ts"
import { readCountRequest as readMessages } from "../anthropic/read-request.ts"
import { estimateTokens } from "../catalogue/estimate.ts"
import type { Dialect } from "../codec.ts"
import type { UserPart } from "../form/content.ts"
import { FormFault } from "../form/fault.ts"
import type { ChatRequest } from "../form/request.ts"
import { textsOf } from "../form/texts.ts"
import { readCountRequest, writeCount } from "../gemini/count-tokens.ts"
import type { JsonObject } from "../json.ts"

/** What has to be counted of a chat to know its tokens, nearly. */
export interface Countable {
  /** To be counted with a model's encoding. */
  readonly text: string
  /** What stands beside the text: turns, and media by what they are taken for. */
  readonly more: number
}

/** What a turn costs beside what is said in it: its role and its ends. */
const TURN = 4

/** Reads a request to count tokens. @throws FormFault */
export function countableOf(dialect: Dialect, body: JsonObject, model: string): Countable {
  switch (dialect) {
    case "anthropic":
      return countable(readMessages(body))
    case "gemini":
      return countable(readCountRequest(body, { model }))
    default:
      throw new FormFault("", `asked in a dialect that counts tokens, and not ${dialect}`)
  }
}

function countable(request: ChatRequest): Countable {
  const said = textsOf(request).flatMap(({ text, isAside }) => (isAside === true ? [] : [text]))
  const tools = request.tools.map((it) =>
    JSON.stringify(it.kind === "function" ? [it.name, it.description, it.parameters] : it.value),
  )
  const media = request.turns.flatMap((turn) => {
    if (turn.role === "user") return turn.parts
    return turn.role === "tool" ? turn.results.flatMap(({ parts }) => parts) : []
  })
  return {
    text: [...said, ...tools].join("\n"),
    more:
      TURN * (request.turns.length + Math.min(1, request.system.length)) +
      media.reduce((sum, it) => sum + tokensOf(it), 0),
  }
}

/** Of a part whose text, if it has any, is counted already. */
function tokensOf(part: UserPart): number {
  switch (part.kind) {
    case "text":
      return 0
    case "document":
      return part.medium.kind === "text" ? 0 : estimateTokens(Buffer.from(JSON.stringify(part.medium)))
    case "image":
    case "audio":
    case "video":
      return estimateTokens(Buffer.from(JSON.stringify(part.medium)))
    case "opaque":
      return estimateTokens(Buffer.from(JSON.stringify(part.value)))
  }
}

/** A number of tokens as a dialect tells it. */
export const writeCounted = (dialect: Dialect, tokens: number): JsonObject =>
  dialect === "gemini" ? writeCount(tokens) : writeTokenCount(tokens)

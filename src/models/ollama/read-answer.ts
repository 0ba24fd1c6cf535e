import type { ChatAnswer } from "../form/answer.ts"
import type { AnswerPart } from "../form/content.ts"
import { FormFault } from "../form/fault.ts"
import { type JsonObject, listOf, objectOf, textOf } from "../json.ts"
import { callOf, headOf, logprobsOf, stopOf, usageOf } from "./answer-members.ts"

/** The answer of `POST /api/chat` with `stream: false` (`ChatResponse`, ollama api/types.go). @throws FormFault */
export function readAnswer(body: JsonObject): ChatAnswer {
  const message = objectOf(body.message)
  if (message === undefined) throw new FormFault("message", "an object")
  const head = headOf(body)
  const parts: AnswerPart[] = []
  const thinking = textOf(message.thinking) ?? ""
  if (thinking !== "") parts.push({ kind: "reasoning", text: thinking })
  const content = textOf(message.content) ?? ""
  if (content !== "") parts.push({ kind: "text", text: content })
  let calls = 0
  for (const it of listOf(message.tool_calls)) {
    const call = callOf(it, head.id, calls)
    if (call === undefined) continue
    parts.push(call)
    calls++
  }
  const { stop, detail } = stopOf(body, calls > 0)
  const logprobs = logprobsOf(body)
  const usage = usageOf(body)
  return {
    ...head,
    choices: [
      {
        parts,
        stop,
        ...(detail === undefined ? {} : { stopDetail: detail }),
        ...(logprobs === undefined ? {} : { logprobs }),
      },
    ],
    ...(usage === undefined ? {} : { usage }),
  }
}

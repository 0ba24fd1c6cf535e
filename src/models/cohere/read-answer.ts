import type { ChatAnswer } from "../form/answer.ts"
import type { AnswerPart, AnswerText, Citation } from "../form/content.ts"
import { FormFault } from "../form/fault.ts"
import { type Json, type JsonObject, listOf, numberOf, objectOf, textOf } from "../json.ts"
import { digestOf, madeCallId } from "../openai-chat/made-id.ts"
import { argumentsOf, citationOf, logprobsOf, stopOf, usageOf } from "./answer-members.ts"

/** `V2ChatResponse` (cohere-ai, api/types). Cohere does not name the model it answers with. @throws FormFault */
export function readAnswer(body: JsonObject): ChatAnswer {
  const message = objectOf(body.message)
  if (message === undefined) throw new FormFault("message", "an object")
  const id = idOf(body.id)
  const calls = listOf(message.tool_calls).map((it, at) => readCall(it, id, at))
  const parts = [...readContent(message), ...calls]
  const { stop, detail } = stopOf(body.finish_reason, calls.length > 0)
  const logprobs = logprobsOf(listOf(body.logprobs))
  const usage = usageOf(body.usage)
  return {
    id,
    model: "",
    created: 0,
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

export const idOf = (value: Json | undefined): string => textOf(value) || `cohere-${digestOf("", 24)}`

/** Content, then the plan that goes before calls, which is text like any other; each cited where the citation says. */
function readContent(message: JsonObject): readonly AnswerPart[] {
  const cited = listOf(message.citations)
  const items = listOf(message.content).map(objectOf)
  const lastText = items.findLastIndex((it) => it?.type === "text")
  const parts = items.flatMap((item, at): readonly AnswerPart[] => {
    const thinking = textOf(item?.thinking) ?? ""
    if (item?.type === "thinking") return thinking === "" ? [] : [{ kind: "reasoning", text: thinking }]
    if (item !== undefined && item.type !== "text")
      return [
        { kind: "opaque", format: "cohere", what: `content of type ${textOf(item.type) ?? "unknown"}`, value: item },
      ]
    const here = cited.filter((it) => isOf(objectOf(it), at, lastText))
    return textPart(textOf(item?.text) ?? "", here.map(citationOf))
  })
  const ofPlan = cited.filter((it) => objectOf(it)?.type === "PLAN")
  return [...parts, ...textPart(textOf(message.tool_plan) ?? "", ofPlan.map(citationOf))]
}

function isOf(citation: JsonObject | undefined, at: number, lastText: number): boolean {
  if (citation?.type === "PLAN" || citation?.type === "THINKING_CONTENT") return false
  return (numberOf(citation?.content_index) ?? lastText) === at
}

function textPart(text: string, found: readonly (Citation | undefined)[]): readonly AnswerText[] {
  const citations = found.filter((it) => it !== undefined)
  if (text === "" && citations.length === 0) return []
  return [{ kind: "text", text, ...(citations.length === 0 ? {} : { citations }) }]
}

function readCall(value: Json, answer: string, at: number): AnswerPart {
  const call = objectOf(value)
  const told = objectOf(call?.function)
  return {
    kind: "tool-call",
    id: textOf(call?.id) || madeCallId(answer, 0, at),
    name: textOf(told?.name) ?? "",
    arguments: argumentsOf(told),
  }
}

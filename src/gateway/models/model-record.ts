import type { ModelRecord } from "../../ports/records.ts"
import type { ModelSide } from "./model-side.ts"

/** What is kept of a call to a model: who was asked and what it took; nothing of what was said. */
export function modelRecord({ asked, target, passedOver, dropped, used, cost, cache }: ModelSide): ModelRecord {
  return {
    asked: asked.model ?? "",
    operation: asked.wanted.operation,
    stream: asked.stream,
    ...(target !== undefined && { target }),
    passedOver,
    dropped,
    ...(used !== undefined && { usage: { ...used } }),
    ...(cost !== undefined && { cost }),
    ...(cache !== undefined && { cache }),
  }
}

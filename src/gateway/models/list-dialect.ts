import type { Destination } from "../../config/gateway-plan.ts"
import type { Dialect } from "../../models/codec.ts"
import type { Call } from "../call.ts"

/** In which dialect models are listed, and a refusal to list them is told. */
export function listDialect(call: Call, { dialect }: Extract<Destination, { kind: "models" }>): Dialect {
  // Anthropic's clients ask at OpenAI's address; they always say which version of theirs they mean.
  return dialect !== "gemini" && call.exchange.head.fields.get("anthropic-version") !== undefined
    ? "anthropic"
    : dialect
}

import type { Usage } from "../models/form/usage.ts"
import type { JsonObject } from "../models/json.ts"

/** What a call used, as callers of prompts are told: whole tokens. */
export const usageTold = ({ input, output }: Usage): JsonObject => ({ input_tokens: input, output_tokens: output })

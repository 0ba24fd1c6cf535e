import { APIError } from "openai"
import type { SdkError } from "./speaker.fixture.ts"

/** What the npm package `openai` throws. */
export const openaiError = (error: unknown): SdkError | undefined =>
  error instanceof APIError ? { kind: error.constructor.name, status: error.status, message: error.message } : undefined

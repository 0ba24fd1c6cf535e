import { anthropic } from "./anthropic.fixture.ts"
import { gemini } from "./gemini.fixture.ts"
import { openaiChat } from "./openai-chat.fixture.ts"
import { openaiCompletions } from "./openai-completions.fixture.ts"
import { openaiResponses } from "./openai-responses.fixture.ts"
import type { Speaker } from "./speaker.fixture.ts"
import { vercelAnthropic, vercelGoogle, vercelOpenaiChat, vercelOpenaiResponses } from "./vercel.fixture.ts"

/** Every SDK that the gateway promises to serve unmodified. */
export const speakers: readonly Speaker[] = [
  openaiChat,
  openaiResponses,
  openaiCompletions,
  anthropic,
  gemini,
  vercelOpenaiChat,
  vercelOpenaiResponses,
  vercelAnthropic,
  vercelGoogle,
]

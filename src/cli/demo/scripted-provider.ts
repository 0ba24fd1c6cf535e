import { z } from "zod"

const chat = z.looseObject({
  model: z.string(),
  stream: z.boolean().optional(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
})
type Chat = z.output<typeof chat>

/**
 * A model provider that follows a script instead of a model, and speaks OpenAI's wire format as OpenAI does: chat
 * completions, whole and streamed with server-sent events, usage and errors. Simulated, since no model can be had offline.
 */
export function startProvider(): { readonly url: string; stop(): Promise<void> } {
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: async (request) => {
      const { pathname } = new URL(request.url)
      if (pathname !== "/v1/chat/completions" || request.method !== "POST")
        return failure(404, `Unknown request URL: ${request.method} ${pathname}`, "unknown_url")
      const read = chat.safeParse(await request.json().catch(() => undefined))
      if (!read.success) return failure(400, "We could not parse the JSON body of your request.", "invalid_body")
      return read.data.stream === true ? streamed(read.data) : whole(read.data)
    },
  })
  return { url: `http://127.0.0.1:${server.port}`, stop: () => server.stop(true) }
}

const failure = (status: number, message: string, code: string): Response =>
  Response.json({ error: { message, type: "invalid_request_error", param: null, code } }, { status })

/** The script: says back what was asked last. */
function script({ messages }: Chat): readonly string[] {
  const asked = messages.at(-1)?.content
  const text = typeof asked === "string" ? asked : "something that is not text"
  return `You said: ${text}. I am a script and no model, and I am glad that you got through.`.split(/(?<= )/)
}

function usage(asked: Chat, words: readonly string[]) {
  const prompt = asked.messages.reduce((sum, { content }) => sum + String(content).split(/\s+/).length, 0)
  return { prompt_tokens: prompt, completion_tokens: words.length, total_tokens: prompt + words.length }
}

const common = ({ model }: Chat, object: string) => ({
  id: `chatcmpl-${crypto.randomUUID()}`,
  object,
  created: Math.floor(Date.now() / 1000),
  model,
  system_fingerprint: "fp_script",
})

function whole(asked: Chat): Response {
  const words = script(asked)
  const message = { role: "assistant", content: words.join(""), refusal: null }
  const choices = [{ index: 0, message, logprobs: null, finish_reason: "stop" }]
  return Response.json({ ...common(asked, "chat.completion"), choices, usage: usage(asked, words) })
}

function streamed(asked: Chat): Response {
  const words = script(asked)
  const base = common(asked, "chat.completion.chunk")
  const chunk = (delta: object, finish: string | null) => ({
    ...base,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  })
  async function* events() {
    yield event(chunk({ role: "assistant", content: "", refusal: null }, null))
    for (const content of words) {
      yield event(chunk({ content }, null))
      await Bun.sleep(10)
    }
    yield event(chunk({}, "stop"))
    if (asked.stream_options?.include_usage === true) yield event({ ...base, choices: [], usage: usage(asked, words) })
    yield "data: [DONE]\n\n"
  }
  return new Response(events(), { headers: { "content-type": "text/event-stream; charset=utf-8" } })
}

const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`

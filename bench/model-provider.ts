import type { Socket } from "bun"

/** Chunks of a streamed answer, and how long is waited between two. */
export interface Pace {
  readonly chunks: number
  readonly everyMs: number
}

interface Caller {
  text: string
  pieces: readonly Buffer[] | undefined
  at: number
}

/** A model's provider as cheap as one can be: answers from bytes made beforehand, one chunk a write. Speaks OpenAI's and Anthropic's format. */
export function startModelProvider({ chunks, everyMs }: Pace): { readonly port: number; stop(): void } {
  const answers = { openai: openaiAnswers(chunks), anthropic: anthropicAnswers(chunks) }
  const open = new Set<Socket<Caller>>()
  const listener = Bun.listen<Caller>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open: (socket) => {
        socket.data = { text: "", pieces: undefined, at: 0 }
      },
      data: (socket, bytes) => {
        socket.data.text += bytes.toString("latin1")
        if (!isWhole(socket.data.text)) return
        const { text } = socket.data
        socket.data.text = ""
        const { whole, stream } = text.startsWith("POST /v1/messages") ? answers.anthropic : answers.openai
        if (/"stream": ?true/.test(text)) {
          socket.data.pieces = stream
          socket.data.at = 0
          open.add(socket)
        } else socket.write(whole)
      },
      close: (socket) => {
        open.delete(socket)
      },
      error: (socket) => {
        open.delete(socket)
      },
    },
  })
  const timer = setInterval(() => {
    for (const socket of open) {
      const { pieces = [], at } = socket.data
      const piece = pieces[at]
      if (piece === undefined) open.delete(socket)
      else {
        socket.data.at++
        socket.write(piece)
      }
    }
  }, everyMs)
  return {
    port: listener.port,
    stop: () => {
      clearInterval(timer)
      listener.stop(true)
    },
  }
}

function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n")
  if (end < 0) return false
  const length = Number(/^content-length: (\d+)/im.exec(text.slice(0, end))?.[1] ?? -1)
  if (length >= 0) return text.length >= end + 4 + length
  return text.endsWith("0\r\n\r\n")
}

const wholeAnswer = (body: string): Buffer =>
  Buffer.from(
    `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )

const chunked = (text: string): Buffer => Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`)

const HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"

/** The head comes with the first piece, the end of the body with the last. */
const streamed = (events: readonly string[]): readonly Buffer[] =>
  events.map((it, i) =>
    Buffer.concat([
      ...(i === 0 ? [Buffer.from(HEAD)] : []),
      chunked(it),
      ...(i === events.length - 1 ? [Buffer.from("0\r\n\r\n")] : []),
    ]),
  )

function openaiAnswers(chunks: number) {
  const base = {
    id: "chatcmpl-bench",
    object: "chat.completion.chunk",
    created: 1_735_722_000,
    model: "m",
    system_fingerprint: "fp_1",
  }
  const chunk = (delta: object, finish: string | null) =>
    `data: ${JSON.stringify({ ...base, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] })}\n\n`
  const usage = { prompt_tokens: 12, completion_tokens: chunks, total_tokens: 12 + chunks }
  const stream = streamed([
    chunk({ role: "assistant", content: "", refusal: null }, null),
    ...Array.from({ length: chunks }, (_, i) => chunk({ content: ` word${i}` }, null)),
    chunk({}, "stop"),
    `data: ${JSON.stringify({ ...base, choices: [], usage })}\n\ndata: [DONE]\n\n`,
  ])
  const message = { role: "assistant", content: "word ".repeat(40), refusal: null }
  const choices = [{ index: 0, message, logprobs: null, finish_reason: "stop" }]
  return { whole: wholeAnswer(JSON.stringify({ ...base, object: "chat.completion", choices, usage })), stream }
}

function anthropicAnswers(chunks: number) {
  const message = { id: "msg_bench", type: "message", role: "assistant", model: "m", stop_sequence: null }
  const event = (type: string, data: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`
  const usage = { input_tokens: 12, output_tokens: 1 }
  const stream = streamed([
    event("message_start", { message: { ...message, content: [], stop_reason: null, usage } }) +
      event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
    ...Array.from({ length: chunks }, (_, i) =>
      event("content_block_delta", { index: 0, delta: { type: "text_delta", text: ` word${i}` } }),
    ),
    event("content_block_stop", { index: 0 }) +
      event("message_delta", {
        delta: { stop_reason: "end_turn", stop_sequence: null },
        usage: { output_tokens: chunks },
      }),
    event("message_stop", {}),
  ])
  const content = [{ type: "text", text: "word ".repeat(40) }]
  return { whole: wholeAnswer(JSON.stringify({ ...message, content, stop_reason: "end_turn", usage })), stream }
}

import type { AnswerPart, DocumentPart, ImagePart, ToolResult, Turn, UserPart } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import { dataUrl } from "../openai-chat/made-media.ts"
import { contentOf } from "../openai-chat/write-parts.ts"
import { documentId } from "./answer-members.ts"

/** What a conversation is in Cohere's words. */
export interface Written {
  readonly messages: readonly JsonObject[]
  /** Documents to be cited stand beside the messages. */
  readonly documents: readonly JsonObject[]
}

/** `ChatMessageV2` (cohere-ai, api/types). */
export function writeMessages({ system, turns }: Pick<ChatRequest, "system" | "turns">, losses: Losses): Written {
  const writer = new Writer(losses)
  if (system.length > 0) writer.write({ role: "system", parts: system })
  for (const it of turns) writer.write(it)
  return writer
}

class Writer implements Written {
  readonly messages: JsonObject[] = []
  readonly documents: JsonObject[] = []
  readonly #losses: Losses

  constructor(losses: Losses) {
    this.#losses = losses
  }

  write(turn: Turn): void {
    if ((turn.role === "user" || turn.role === "assistant") && turn.name !== undefined)
      this.#losses.drop("name of messages", "Cohere's messages have none")
    switch (turn.role) {
      case "system":
      case "user": {
        const parts = turn.parts.flatMap((it) => this.#userPart(it))
        this.messages.push({ role: turn.role, content: contentOf(parts) })
        return
      }
      case "assistant":
        this.messages.push({ role: turn.role, ...this.#assistant(turn.parts) })
        return
      case "tool":
        for (const it of turn.results) this.#result(it)
    }
  }

  #userPart(part: UserPart): readonly JsonObject[] {
    if (part.cache !== undefined) this.#losses.drop("cache_control", "Cohere keeps its own cache")
    switch (part.kind) {
      case "text":
        return [{ type: "text", text: part.text }]
      case "image":
        return this.#image(part)
      case "document":
        return this.#document(part)
      case "audio":
      case "video":
        this.#losses.drop(part.kind, "Cohere takes texts and images")
        return []
      case "opaque":
        this.#losses.drop(part.what, `only ${part.format} knows it`)
        return []
    }
  }

  #image({ medium, detail }: ImagePart): readonly JsonObject[] {
    if (medium.kind === "file") {
      this.#losses.drop("image by file id", "Cohere takes images by address or inline")
      return []
    }
    const url = medium.kind === "inline" ? dataUrl(medium) : medium.url
    return [{ type: "image_url", image_url: { url, ...(detail === undefined ? {} : { detail }) } }]
  }

  /** Text to be cited is a document of the request; other text is said by the user. */
  #document({ medium, name, context, cited }: DocumentPart): readonly JsonObject[] {
    if (medium.kind !== "text") {
      this.#losses.drop("documents", "Cohere takes only their text")
      return []
    }
    if (cited !== true)
      return [{ type: "text", text: [name, context, medium.text].filter((it) => it !== undefined).join("\n\n") }]
    const data = {
      text: medium.text,
      ...(name === undefined ? {} : { title: name }),
      ...(context === undefined ? {} : { context }),
    }
    this.documents.push({ id: documentId(this.documents.length), data })
    return []
  }

  /** Text before calls is Cohere's plan of them. */
  #assistant(parts: readonly AnswerPart[]): JsonObject {
    const content: JsonObject[] = []
    const calls: JsonObject[] = []
    for (const part of parts) {
      if ("cache" in part && part.cache !== undefined) this.#losses.drop("cache_control", "Cohere keeps its own cache")
      if ("signature" in part && part.signature !== undefined)
        this.#losses.drop("thought signatures", "Cohere has none")
      switch (part.kind) {
        case "text":
          if (part.citations !== undefined)
            this.#losses.drop("citations of earlier answers", "they are not sent back to Cohere")
          content.push({ type: "text", text: part.text })
          break
        case "refusal":
          content.push({ type: "text", text: part.text })
          break
        case "reasoning":
          if (part.redacted !== undefined) this.#losses.drop("redacted thoughts", "Cohere has none")
          if (part.text !== "") content.push({ type: "thinking", thinking: part.text })
          break
        case "tool-call": {
          const { id, name, arguments: text } = part
          calls.push({ id, type: "function", function: { name, arguments: text || "{}" } })
          break
        }
        case "made":
          this.#losses.drop("made media of earlier turns", "Cohere takes none back")
          break
        case "opaque":
          this.#losses.drop(part.what, `only ${part.format} knows it`)
      }
    }
    if (calls.length === 0) return { content: contentOf(content) }
    const plan = content.flatMap(({ text }) => (typeof text === "string" ? [text] : [])).join("")
    const thoughts = content.filter(({ type }) => type === "thinking")
    return {
      ...(thoughts.length === 0 ? {} : { content: thoughts }),
      ...(plan === "" ? {} : { tool_plan: plan }),
      tool_calls: calls,
    }
  }

  #result({ id, parts, isError, cache }: ToolResult): void {
    if (isError) this.#losses.drop("is_error of tool results", "Cohere's results have no flag for it")
    if (cache !== undefined) this.#losses.drop("cache_control", "Cohere keeps its own cache")
    const written = parts.flatMap((it) => this.#userPart(it))
    const texts = written.filter(({ type }) => type === "text")
    if (texts.length < written.length) this.#losses.drop("images of tool results", "Cohere's results hold only text")
    this.messages.push({ role: "tool", tool_call_id: id, content: contentOf(texts) })
  }
}

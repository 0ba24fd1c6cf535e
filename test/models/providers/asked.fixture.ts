/** What a request means, whatever the format it came in: the scripted providers' own reading, not the gateway's. */
export interface Asked {
  readonly model: string
  readonly isStreamed: boolean
  /** Every system or developer text, in order. */
  readonly system: readonly string[]
  readonly messages: readonly AskedMessage[]
  readonly tools: readonly AskedTool[]
  /** `none`: no tool may be called; `required`: some tool has to be; `{ name }`: that one has to be. */
  readonly toolChoice: "auto" | "none" | "required" | { readonly name: string }
  /** The JSON schema that the answer shall match; `true` for "any JSON object"; absent for free text. */
  readonly schema?: unknown
  readonly isReasoningAsked: boolean
  readonly maxTokens?: number
  readonly stops: readonly string[]
  /** How many answers to the same messages are asked for, at least 1. */
  readonly choices: number
  readonly areLogprobsAsked: boolean
  /** Whether some part, tool or message carries the format's mark for prompt caching. */
  readonly hasCacheMark: boolean
}

export interface AskedMessage {
  readonly role: "user" | "assistant" | "tool"
  readonly parts: readonly AskedPart[]
}

export type AskedPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "media"; readonly media: MediaKind; readonly mime: string; readonly bytes: number }
  | { readonly kind: "link"; readonly media: MediaKind; readonly url: string }
  | { readonly kind: "reasoning"; readonly text: string; readonly signature?: string | undefined }
  | { readonly kind: "tool-call"; readonly id: string; readonly name: string; readonly arguments: unknown }
  | { readonly kind: "tool-result"; readonly id: string; readonly name?: string; readonly text: string }

export type MediaKind = "image" | "document" | "audio" | "video"

export interface AskedTool {
  readonly name: string
  readonly description?: string | undefined
  /** JSON schema of the arguments. */
  readonly parameters?: unknown
}

/** What kind of media a MIME type is of. */
export function mediaOf(mime: string): MediaKind {
  const [top] = mime.split("/")
  return top === "image" || top === "audio" || top === "video" ? top : "document"
}

/** A part of `mime` with the bytes of `base64`; the size is that of the decoded bytes. */
export const mediaPart = (mime: string, base64: string): AskedPart => ({
  kind: "media",
  media: mediaOf(mime),
  mime,
  bytes: Buffer.from(base64, "base64").length,
})

/** A part of a URL, `data:` ones taken apart. */
export function linkedPart(media: MediaKind, url: string): AskedPart {
  const data = /^data:([^;,]+);base64,(.*)$/s.exec(url)
  return data === null ? { kind: "link", media, url } : mediaPart(data[1] ?? "", data[2] ?? "")
}

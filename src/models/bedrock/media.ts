import type { Medium } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import type { JsonObject } from "../json.ts"

type Kind = "image" | "document" | "audio" | "video"

/** `ImageFormat`, `DocumentFormat`, `AudioFormat` and `VideoFormat` of the SDK, by media type. */
const FORMATS: { readonly [K in Kind]: { readonly [type: string]: string } } = {
  image: { "image/png": "png", "image/jpeg": "jpeg", "image/jpg": "jpeg", "image/gif": "gif", "image/webp": "webp" },
  document: {
    "application/pdf": "pdf",
    "text/csv": "csv",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "text/html": "html",
    "text/plain": "txt",
    "text/markdown": "md",
  },
  audio: {
    "audio/mpeg": "mp3",
    "audio/mp3": "mp3",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/aac": "aac",
    "audio/flac": "flac",
    "audio/ogg": "ogg",
    "audio/opus": "opus",
    "audio/mp4": "mp4",
    "audio/x-m4a": "m4a",
    "audio/webm": "webm",
    "audio/pcm": "pcm",
  },
  video: {
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/x-matroska": "mkv",
    "video/webm": "webm",
    "video/x-flv": "flv",
    "video/mpeg": "mpeg",
    "video/x-ms-wmv": "wmv",
    "video/3gpp": "three_gp",
  },
}

/** `{format, source}` of a block. Undefined where Bedrock cannot have it, which is told: it fetches nothing but from S3. */
export function writeMedium(kind: Kind, medium: Medium, losses: Losses): JsonObject | undefined {
  if (medium.kind === "file") {
    losses.drop(`${kind} by id`, "Bedrock holds no files")
    return undefined
  }
  const type = medium.type ?? typeByName(kind, medium.kind === "address" ? medium.url : "")
  const format = FORMATS[kind][type]
  if (medium.kind === "address" && !medium.url.startsWith("s3://")) {
    losses.drop(`${kind} by address`, "Bedrock fetches only from S3; send its bytes")
    return undefined
  }
  if (format === undefined) {
    losses.drop(`${kind} of ${type}`, "Bedrock does not read that type")
    return undefined
  }
  return { format, source: medium.kind === "inline" ? { bytes: medium.data } : { s3Location: { uri: medium.url } } }
}

/** The media type a file's extension stands for, which is what Bedrock calls a format. */
function typeByName(kind: Kind, name: string): string {
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase()
  const found = Object.entries(FORMATS[kind]).find(([type, it]) => it === extension || type.endsWith(`/${extension}`))
  return found?.[0] ?? "an unknown type"
}

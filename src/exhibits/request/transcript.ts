import { linesOf } from "../lines.ts"
import { isRequestLine, isStatusLine } from "./message.ts"

/** What `curl -v` writes: `>` what was sent, `<` what came, `*` and `{` what curl says, the rest is the answer's body. */
export function isTranscript(text: string): boolean {
  return linesOf(text).some(({ text: line }) => {
    const sent = /^[<>] ?(.*)$/.exec(line)?.[1]
    return sent !== undefined && (isRequestLine(sent) || isStatusLine(sent))
  })
}

const PROGRESS = /^(?:[*{}] |\s{0,4}% Total|\s+Dload|\s{0,3}\d+ [\s\d.kMG]{20,}|\[\d+ bytes data\]|} \[)/

/** The messages of a transcript as they were on the wire; lines of curl's own are gone. */
export function messagesOf(text: string): string {
  const out: string[] = []
  let isBody = false
  for (const { text: line } of linesOf(text)) {
    const part = /^([<>])(?: (.*))?$/.exec(line)
    if (part !== null) {
      out.push(part[2] ?? "")
      isBody = part[1] === "<" && (part[2] ?? "") === ""
    } else if (isBody && !PROGRESS.test(line)) out.push(line)
  }
  return out.join("\n")
}

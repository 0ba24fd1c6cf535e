import { readCommandLine } from "./command-line.ts"
import type { Reading } from "./draft.ts"
import { readErrorText } from "./error-text.ts"
import { readFetch } from "./fetch-call.ts"
import { readHar } from "./har.ts"
import { readLoose } from "./loose.ts"
import { isRequestLine, isStatusLine, readMessages } from "./message.ts"
import { isTranscript, messagesOf } from "./transcript.ts"

/** How much of a text is looked at for anything but a HAR file, which alone is so long. */
const LONGEST = 1024 * 1024

/** What a text says of a request and its answer, in whatever form it was copied. Empty where it says nothing of one. */
export function readRequest(text: string): Reading {
  const begin = text.slice(0, LONGEST)
  let reading = readHar(text)
  for (const read of READERS) {
    if (reading.request !== undefined && reading.response !== undefined) break
    reading = { ...read(begin), ...reading }
  }
  return reading
}

/** The surest first; each fills in what those before it did not say. */
const READERS: readonly ((text: string) => Reading)[] = [
  readTranscript,
  readCommandLine,
  readFetch,
  readPlainMessages,
  readErrorText,
  readLoose,
]

function readTranscript(text: string): Reading {
  return isTranscript(text) ? readMessages(messagesOf(text)) : {}
}

function readPlainMessages(text: string): Reading {
  return text.split("\n", 20_000).some((line) => isRequestLine(line.trimEnd()) || isStatusLine(line.trimEnd()))
    ? readMessages(text)
    : {}
}

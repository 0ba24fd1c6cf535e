import { readCommandLine } from "./command-line.ts"
import type { Reading } from "./draft.ts"
import { readErrorText } from "./error-text.ts"
import { readFetch } from "./fetch-call.ts"
import { readHar } from "./har.ts"
import { readLoose } from "./loose.ts"
import { isRequestLine, isStatusLine, readMessages } from "./message.ts"
import { isTranscript, messagesOf } from "./transcript.ts"

/** What a text says of a request and its answer, in whatever form it was copied. Empty where it says nothing of one. */
export function readRequest(text: string): Reading {
  return readers.map((read) => read(text)).reduce(merged, {})
}

/** The surest first; each fills in what those before it did not say. */
const readers: readonly ((text: string) => Reading)[] = [
  readHar,
  readTranscript,
  readCommandLine,
  readFetch,
  readPlainMessages,
  readErrorText,
  readLoose,
]

const merged = (sofar: Reading, next: Reading): Reading => ({ ...next, ...sofar })

function readTranscript(text: string): Reading {
  return isTranscript(text) ? readMessages(messagesOf(text)) : {}
}

function readPlainMessages(text: string): Reading {
  return text.split("\n", 20_000).some((line) => isRequestLine(line.trimEnd()) || isStatusLine(line.trimEnd()))
    ? readMessages(text)
    : {}
}

import { readCommand } from "../shell/command.ts"
import { type Shell, shellOf } from "../shell/word.ts"
import { readCurl } from "./curl.ts"
import type { Reading } from "./draft.ts"
import { readHttpie } from "./httpie.ts"
import { readWebRequest } from "./web-request.ts"
import { readWget } from "./wget.ts"

const PROMPT =
  /^[ \t]*(?:\$ |# |% |> |[\w.-]{1,60}@[\w.-]{1,80}[^\n$#%]{0,120}[$#%] |PS [^\n>]{0,200}> ?|[A-Z]:\\[^\n>]{0,200}> ?)?/
const PROGRAM =
  /^(?:sudo |time |env )?(?:[\w./\\-]{0,100}[/\\])?(curl|wget|https?|xh|Invoke-WebRequest|Invoke-RestMethod|iwr|irm)(?:\.exe)?(?=\s)/i

/** A command found in a text: its program, and where it and its words begin. */
export interface CommandStart {
  readonly program: string
  readonly shell: Shell
  /** Offsets: of the program's name, and behind it. */
  readonly start: number
  readonly words: number
}

/** A command's first line tells which shell it is written for: by its quoting, and by how it goes on. */
const LONGEST = 64 * 1024

/** Commands that send a request, in the order they stand; each begins a line. */
export function* commandsIn(text: string): Generator<CommandStart> {
  for (let line = 0; line >= 0 && line < text.length; ) {
    const prompt = PROMPT.exec(text.slice(line, line + 600))?.[0] ?? ""
    const start = line + prompt.length
    const match = PROGRAM.exec(text.slice(start, start + 200))
    if (match?.[1] !== undefined) {
      const next = text.indexOf("\n", start)
      const shell = shellOf(text.slice(start, next < 0 ? start + LONGEST : Math.min(next, start + LONGEST)))
      yield { program: match[1].toLowerCase(), shell, start, words: start + match[0].length }
    }
    const next = text.indexOf("\n", line)
    line = next < 0 ? -1 : next + 1
  }
}

/** Commands of one text that are read; the last that names an address holds. */
const MOST_COMMANDS = 20

export function readCommandLine(text: string): Reading {
  let reading: Reading = {}
  let count = 0
  let end = 0
  for (const command of commandsIn(text)) {
    if (command.start < end) continue
    if (++count > MOST_COMMANDS) break
    const request = requestOf(command, text)
    end = readCommand(command.shell, text, command.words).end
    if (request !== undefined) reading = { request }
  }
  return reading
}

function requestOf({ program, shell, words: from }: CommandStart, text: string): Reading["request"] {
  if (/^(?:invoke-|iwr|irm)/.test(program)) return readWebRequest(text, from)
  const words = readCommand(shell, text, from).words.map(({ value }) => value)
  if (program === "curl") return readCurl(words)
  return program === "wget" ? readWget(words) : readHttpie(program, words)
}

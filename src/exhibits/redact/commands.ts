import { commandsIn } from "../request/command-line.ts"
import { curlOptions } from "../request/curl-options.ts"
import { readCommand } from "../shell/command.ts"
import type { Word } from "../shell/word.ts"
import { secrecyOf } from "./names.ts"
import type { Span } from "./span.ts"
import { isHarmless, schemeLength } from "./values.ts"

/** Credentials in command lines of curl, wget and HTTPie, word by word as the shell splits them. */
export function* commandSpans(text: string): Generator<Span> {
  let end = 0
  for (const { program, shell, start, words: from } of commandsIn(text)) {
    if (start < end || /^(?:invoke-|iwr|irm)/.test(program)) continue
    const command = readCommand(shell, text, from)
    end = command.end
    if (program === "curl") yield* curlSpans(text, command.words)
    else yield* otherSpans(text, command.words)
  }
}

function* curlSpans(text: string, words: readonly Word[]): Generator<Span> {
  for (const { name, word: index, skip } of curlOptions(words.map(({ value }) => value))) {
    const word = words[index]
    if (word !== undefined) yield* ofOption(name, text.slice(word.start, word.end), word.start, skip)
  }
}

function* ofOption(name: string, raw: string, start: number, skip: number): Generator<Span> {
  switch (name) {
    case "user":
    case "proxy-user":
    case "cert":
      yield* behind(raw, start, raw.indexOf(":", skip))
      return
    case "oauth2-bearer":
    case "pass":
    case "proxy-pass":
    case "tlspassword":
    case "proxy-tlspassword":
      yield* behind(raw, start, skip - 1)
      return
    case "header":
    case "proxy-header":
      yield* ofHeader(raw, start)
      return
    case "cookie":
      yield* ofParts(raw, start, ";", () => true)
      return
    case "url":
      yield* ofAddress(raw, start)
      return
    default:
      if (/^(?:data|form|json|url-query)/.test(name))
        yield* ofParts(raw, start, "&", (it) => secrecyOf(it) === "surely")
  }
}

/** All behind a sign, but for what the shell reads as its own. */
function behind(raw: string, start: number, sign: number): readonly Span[] {
  if (sign < 0 && !raw.includes(":")) return []
  const value = raw.slice(sign + 1).replace(/^['"]|['"]$/g, "")
  return isHarmless(value) ? [] : [{ start: start + sign + 1, end: start + raw.length, isShell: true }]
}

/** The scheme word stays. */
function* ofHeader(raw: string, start: number): Generator<Span> {
  const colon = raw.indexOf(":")
  const name = raw.slice(0, Math.max(colon, 0)).replaceAll(/[^A-Za-z0-9_.-]/g, "")
  if (colon < 0 || secrecyOf(name.replace(/^H(?=[A-Z])/, "")) !== "surely") return
  if (/cookie$/i.test(name)) return yield* ofParts(raw, start, ";", () => true)
  const blank = /^[\s\\'"^`]*/.exec(raw.slice(colon + 1))?.[0].length ?? 0
  const value = raw.slice(colon + 1 + blank)
  const scheme = schemeLength(value.replaceAll("\\", " "))
  if (!isHarmless(value.slice(scheme).replaceAll(/['"^\\`]/g, "")))
    yield { start: start + colon + 1 + blank + scheme, end: start + raw.length, isShell: true }
}

/** `name=value` parts, where the name tells. */
function* ofParts(raw: string, start: number, between: string, isSecret: (name: string) => boolean): Generator<Span> {
  let at = 0
  for (const part of raw.split(between)) {
    const equals = part.indexOf("=")
    const name = part.slice(0, Math.max(equals, 0)).replaceAll(/[^A-Za-z0-9_.[\]-]/g, "")
    const value = part.slice(equals + 1)
    const isJson = /[{:]/.test(part.slice(0, Math.max(equals, 0))) && !/^[^{]*cookie\s*:/i.test(part)
    if (equals >= 0 && !isJson && isSecret(name) && !isHarmless(value.replaceAll(/['"^\\`]/g, "")))
      yield { start: start + at + equals + 1, end: start + at + part.length, isShell: true }
    at += part.length + between.length
  }
}

/** `user:password@host` without a scheme. */
function* ofAddress(raw: string, start: number): Generator<Span> {
  const match = /^(?:[\\^`$]?["'])?(?:[a-z]{1,12}:\/\/)?([^\s/?#"']+)@/i.exec(raw)
  if (match?.[1] === undefined) return
  const end = start + match[0].length - 1
  yield { start: end - match[1].length, end, isShell: true }
}

/** wget's `--password=…` is found by its name; HTTPie's `-a user:password` and its items are found here. */
function* otherSpans(text: string, words: readonly Word[]): Generator<Span> {
  for (const [index, word] of words.entries()) {
    const raw = text.slice(word.start, word.end)
    const before = words[index - 1]?.value ?? ""
    if (before === "-a" || before === "--auth") yield* behind(raw, word.start, raw.indexOf(":"))
    else if (before === "--password" || before === "--bearer-token") yield* behind(raw, word.start, -1)
    else if (/^[^\s=]{0,20}--(?:post-data|body-data)=/.test(raw)) yield* ofForm(raw, word.start)
    else if (!word.value.startsWith("-")) yield* ofItem(raw, word.start)
  }
}

function* ofForm(raw: string, start: number): Generator<Span> {
  const from = raw.indexOf("=") + 1
  yield* ofParts(raw.slice(from), start + from, "&", (it) => secrecyOf(it) === "surely")
}

/** HTTPie's `Name:value` is a header, `name=value` a field, `name==value` a parameter. */
function* ofItem(raw: string, start: number): Generator<Span> {
  const sign = /^["']?([A-Za-z0-9_.-]{1,100})(:=|==|[:=])(?!\/\/)/.exec(raw)
  if (sign?.[1] === undefined || secrecyOf(sign[1]) !== "surely") return
  if (sign[2] === ":") yield* ofHeader(raw, start)
  else yield* behind(raw, start, sign[0].length - 1)
}

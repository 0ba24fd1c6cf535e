import { secrecyOf } from "./names.ts"
import type { Span } from "./span.ts"
import { valueSpans } from "./value-spans.ts"

const STRING = String.raw`"((?:[^"\\]|\\.)*)"`
const NAME_FIRST = new RegExp(
  String.raw`"name"\s{0,40}:\s{0,40}"([^"\\]{1,200})"\s{0,40},\s{0,40}"value"\s{0,40}:\s{0,40}${STRING}`,
  "gi",
)
const VALUE_FIRST = new RegExp(
  String.raw`"value"\s{0,40}:\s{0,40}${STRING}\s{0,40},\s{0,40}"name"\s{0,40}:\s{0,40}"([^"\\]{1,200})"`,
  "gi",
)
const INPUT =
  /\bname\s{0,8}=\s{0,8}["']([^"'<>]{1,100})["'][^<>]{0,300}?\b(?:value|content)\s{0,8}=\s{0,8}(["'])([^<>]*?)\2/gi
const ELEMENT = /<([A-Za-z][\w:.-]{0,60})>([^<]+)<\//g
const YAML =
  /^[ \t]{0,80}(?:- )?name:[ \t]{1,20}["']?([\w.-]{1,100})["']?[ \t]{0,20}\r?\n[ \t]{0,80}value:[ \t]{1,20}(["']?)([^\n]+?)\2[ \t]{0,20}$/gim
const NET_COOKIE = /System\.Net\.Cookie\(\s{0,40}(["'])[^"'\n]{1,200}\1\s{0,40},\s{0,40}(["'])([^\n]*?)\2/gi

/** Credentials whose name stands beside them: HAR and firewall logs, form fields, XML, PowerShell's cookies. */
export function* pairSpans(text: string): Generator<Span> {
  for (const match of text.matchAll(NAME_FIRST))
    yield* ofPair(match[1] ?? "", match[2] ?? "", match.index + match[0].length - 1)
  for (const match of text.matchAll(VALUE_FIRST)) {
    const start = text.indexOf('"', text.indexOf(":", match.index)) + 1
    yield* ofPair(match[2] ?? "", match[1] ?? "", start + (match[1]?.length ?? 0))
  }
  for (const match of text.matchAll(INPUT))
    yield* ofPair(match[1] ?? "", match[3] ?? "", match.index + match[0].length - 1)
  for (const match of text.matchAll(ELEMENT)) {
    const [whole, name = "", value = ""] = match
    const isSecret = secrecyOf(name) === "surely" || /^(?:AWSAccessKeyId|SignatureProvided)$/i.test(name)
    if (isSecret) yield { start: match.index + whole.length - 2 - value.length, end: match.index + whole.length - 2 }
  }
  for (const match of text.matchAll(YAML)) {
    const start = match.index + match[0].lastIndexOf(match[3] ?? "")
    yield* valueSpans(match[1] ?? "", match[3] ?? "", start)
  }
  for (const match of text.matchAll(NET_COOKIE)) {
    const end = match.index + match[0].length - 1
    yield { start: end - (match[3]?.length ?? 0), end }
  }
}

const ofPair = (name: string, value: string, end: number): Iterable<Span> => valueSpans(name, value, end - value.length)

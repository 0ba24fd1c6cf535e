import type { Exhibit } from "../exhibits.ts"
import { accessReader, httpdFormat, nginxFormat } from "./access-format.ts"
import type { LineReader } from "./reading.ts"

const NGINX =
  /\blog_format\s{1,20}[\w-]{1,60}(?:\s{1,20}escape=\w{1,10})?((?:\s{1,200}(?:'(?:[^'\\]|\\.){0,2000}'|"(?:[^"\\]|\\.){0,2000}")){1,40})/g
const HTTPD = /^[ \t]*(?:LogFormat|CustomLog[ \t]{1,20}\S{1,300})[ \t]{1,20}"((?:[^"\\\n]|\\.){1,2000})"/gim
const STRING = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g

/** Formats that are read from a configuration at most. */
const MOST = 20

/** Readers of the access logs whose formats the given configurations declare. */
export function declaredFormats(configs: readonly Exhibit[]): readonly LineReader[] {
  const readers: LineReader[] = []
  for (const { text } of configs) {
    for (const [, strings = ""] of text.matchAll(NGINX)) {
      const format = Array.from(strings.matchAll(STRING), ([, single, double]) => single ?? double ?? "").join("")
      if (!format.startsWith("{")) readers.push(accessReader("nginx-access", nginxFormat(format)))
    }
    for (const [, format = ""] of text.matchAll(HTTPD)) readers.push(accessReader("httpd-access", httpdFormat(format)))
    if (readers.length >= MOST) break
  }
  return readers.slice(0, MOST)
}

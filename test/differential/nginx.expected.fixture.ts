import type { Judgement } from "../../src/servers/judgement.ts"
import type { Exchange } from "../../src/servers/nginx/run/exchange.ts"

const DIRECTORY = /directory index of "[^"]*" is forbidden/

/** What a line of nginx's error log must hold, by the code of the cause. */
const LINES: Readonly<Record<string, RegExp>> = {
  "nginx/deny-rule": /access forbidden by rule/,
  "nginx/limit-except": /access forbidden by rule/,
  "nginx/directory-without-index": DIRECTORY,
  "nginx/root-wrong-dir-no-index": DIRECTORY,
  "nginx/try-files-dir-no-index": DIRECTORY,
  "nginx/auth-basic-file-missing": /open\(\) "[^"]*" failed \(2: /,
  "nginx/eacces": /\(13: Permission denied\)/,
  "nginx/link-loop": /\(40: /,
  "fs/parent-dir-not-searchable": /\(13: Permission denied\)/,
  "fs/file-not-readable": /\(13: Permission denied\)/,
  "fs/protected-link": /\(13: Permission denied\)/,
  "nginx/disable-symlinks": /\(40: /,
  "nginx/unauthorized": /password mismatch|was not found in/,
  "nginx/not-found": /\((?:2|20|36): |is not found/,
  "nginx/body-too-large": /too large body/,
}

/** What nginx wrote about one request. */
export interface Logged {
  /** Of its error log. */
  readonly lines: readonly string[]
  readonly isRelayed: boolean
}

/** What does not fit between a judgement and what really came; undefined where all does. What is unknown fits anything. */
export function expected(
  judged: Judgement<Exchange>,
  status: number,
  { lines, isRelayed }: Logged,
): string | undefined {
  switch (judged.kind) {
    case "unknown":
      return undefined
    case "relays":
      return isRelayed ? undefined : "it was not relayed"
    case "answers":
      return judged.status === status ? undefined : "another status"
    case "refuses":
      return refuses(judged, status, lines)
  }
}

function refuses(
  judged: Extract<Judgement<Exchange>, { kind: "refuses" }>,
  status: number,
  log: readonly string[],
): string | undefined {
  if (judged.status !== status) return "another status"
  const { code } = judged.denial.cause
  const line = LINES[code]
  const isThere = line === undefined ? log.length > 0 : log.some((it) => line.test(it))
  // What was shown as a directory is named in both.
  const shown = / (\/.*)$/.exec(judged.denial.evidence[0].source.path)?.[1]
  if (line === DIRECTORY && !log.some((it) => it.includes(`"${shown}"`))) return "another directory in the error log"
  if (judged.isLogged && !isThere) return "no such line in the error log"
  if (!judged.isLogged && isThere && line !== undefined && code.startsWith("nginx/deny"))
    return "a line in the error log"
  return undefined
}

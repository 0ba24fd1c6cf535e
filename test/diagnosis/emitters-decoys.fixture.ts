import { HTTPD_REFUSALS, WAF_REFUSALS } from "./emitters-httpd.fixture.ts"
import { NGINX_REFUSALS } from "./emitters-nginx.fixture.ts"
import type { Observed, Stage } from "./emitters-stage.fixture.ts"

const BY_KIND = { nginx: NGINX_REFUSALS, httpd: HTTPD_REFUSALS, waf: WAF_REFUSALS } as const
type Refuser = keyof typeof BY_KIND

/** Refusals of requests by others that stand in the log of the server that refuses ours. */
const DECOYS: Readonly<Record<Refuser, readonly (readonly [Refuser, string])[]>> = {
  nginx: [
    ["nginx", "a file that may not be read"],
    ["nginx", "a directory without index"],
    ["nginx", "a list that has not the client's address"],
  ],
  httpd: [
    ["httpd", "a directory that may not be searched"],
    ["waf", "one rule of the site's own"],
    ["waf", "text that looks like SQL"],
  ],
  waf: [
    ["httpd", "a directory that may not be searched"],
    ["waf", "text that looks like SQL"],
  ],
}
/** Another client, and so long before ours that no line of theirs can be of our request. */
const OTHER_CLIENT = "127.0.0.2"
const BEFORE = 4500

export interface Decoyed {
  readonly called: string
  readonly named: readonly string[]
  readonly seen: Observed
  readonly others: readonly string[]
}

/** Each refusal together with each line that is not about it. */
export async function decoyed(stage: Stage): Promise<readonly Decoyed[]> {
  const lines = new Map<string, readonly string[]>()
  for (const [kind, name] of Object.values(DECOYS).flat()) lines.set(name, await linesOf(stage, kind, name))
  await Bun.sleep(BEFORE)
  const all: Decoyed[] = []
  for (const kind of ["nginx", "httpd", "waf"] as const)
    for (const [at, refusal] of BY_KIND[kind].entries()) {
      const seen = await stage.observe(kind, at, refusal, false)
      const named = [refusal.cause, ...(refusal.also ?? [])]
      for (const [, name] of DECOYS[kind])
        all.push({ called: `${refusal.name}, beside: ${name}`, named, seen, others: lines.get(name) ?? [] })
    }
  return all
}

async function linesOf(stage: Stage, kind: Refuser, name: string): Promise<readonly string[]> {
  const at = BY_KIND[kind].findIndex((it) => it.name === name)
  const refusal = BY_KIND[kind][at]
  if (refusal === undefined) throw new Error(`nothing is called ${name}`)
  return (await stage.observe(kind, at, refusal, false, OTHER_CLIENT)).error
}

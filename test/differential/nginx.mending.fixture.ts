import { chmodSync, writeFileSync } from "node:fs"
import { applyText } from "../../src/servers/apply-text.ts"
import { NginxModel } from "../../src/servers/nginx/model.ts"
import type { Patch, Remedy } from "../../src/servers/patch.ts"
import { remedies } from "../../src/servers/remedies.ts"
import type { ServerRequest } from "../../src/servers/request.ts"
import { Random } from "../random.fixture.ts"
import { drawRequest, sendAll } from "./nginx.client.fixture.ts"
import { RealNginx } from "./nginx.server.fixture.ts"
import { type Site, withSite } from "./nginx.site.fixture.ts"

export interface Mended {
  /** Refusals for which a remedy was found and applied to the real server. */
  readonly applied: number
  readonly failed: readonly {
    readonly seed: number
    readonly does: string
    readonly status: number
    readonly request: ServerRequest
  }[]
}

interface Applied {
  readonly request: ServerRequest
  readonly remedy: Remedy
}

const SERVERS = 25
const TRIES = 20

/** For one refusal of each drawn server, applies what is told to mend it to the real server, and asks again. */
export function nginxMending(seed: number): Promise<Mended> {
  const random = new Random(seed)
  return withSite(random, SERVERS, async (site) => {
    const applied = site.servers.flatMap((_, number) => found(random, site, number) ?? [])
    const text = patchedText(site, applied)
    for (const { remedy } of applied) for (const it of remedy.patches) applyToFiles(it)
    const nginx = await RealNginx.start(site.folder, text, site.upstream)
    const statuses = await sendAll(applied.map((it) => it.request))
    await nginx.stop()
    const failed = applied.flatMap(({ remedy, request }, at) => {
      const status = statuses[at] ?? 0
      return status > 0 && status < 400 ? [] : [{ seed, does: remedy.does, status, request }]
    })
    return { applied: applied.length, failed }
  })
}

/** A refusal with a remedy of one change, so that those of other servers stay where they are. */
function found(
  random: Random,
  { config, machine, port, file, text, servers }: Site,
  number: number,
): Applied | undefined {
  const server = servers[number] ?? servers[0]
  const model = new NginxModel([{ file, text }], machine, { isComplete: true }, config)
  for (let tries = 0; tries < TRIES; tries++) {
    const request = drawRequest(random, server, port)
    const { judgement, server: asked } = model.follow(request)
    // Two changes of one server might get in each other's way.
    if (judgement.kind !== "refuses" || asked !== config.servers[number]) continue
    const single = remedies(model, request, []).filter((it) => it.patches.length === 1)
    const [first, ...others] = single
    if (first !== undefined) return { request, remedy: random.of([first, ...others]) }
  }
  return undefined
}

/** From the end to the beginning, so that none moves another. */
function patchedText({ text, http }: Site, applied: readonly Applied[]): string {
  const patches = applied
    .flatMap(({ remedy }) => remedy.patches)
    .filter((it) => it.kind === "text")
    .sort((a, b) => b.line - a.line || b.column - a.column)
  const patched = patches.reduce((all, it) => {
    const next = applyText(all, it)
    if (next === undefined) throw new Error("a patch does not fit what it was made for")
    return next
  }, text)
  const start = text.indexOf(http)
  return patched.slice(start, patched.length - (text.length - start - http.length))
}

function applyToFiles(patch: Patch): void {
  switch (patch.kind) {
    case "text":
      return
    case "mode":
      chmodSync(patch.path, patch.to)
      return
    case "create":
      writeFileSync(patch.path, "x", { mode: 0o644 })
      return
    case "acl": {
      const rights = `${patch.who[0]}:${patch.id}:${patch.permissions}`
      const { exitCode, stderr } = Bun.spawnSync(["setfacl", "-m", rights, patch.path])
      if (exitCode !== 0) throw new Error(`setfacl failed: ${stderr.toString()}`)
    }
  }
}

import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { applyText } from "../../src/servers/apply-text.ts"
import { neighboursOf } from "../../src/servers/httpd/neighbours.ts"
import type { Patch, Remedy } from "../../src/servers/patch.ts"
import { remedies } from "../../src/servers/remedies.ts"
import { Random } from "../random.fixture.ts"
import { send } from "./httpd.client.fixture.ts"
import { draw, inFolder, modelOf } from "./httpd.fixture.ts"
import { RealHttpd } from "./httpd.server.fixture.ts"

export interface Mended {
  /** Remedies tried on the real server. */
  readonly tried: number
  /** Refusals for which no remedy was found. */
  readonly unmended: ReadonlyMap<string, number>
  readonly failures: readonly string[]
}

/** Applies what is suggested to a real httpd, and asks it again: the request must come through then. */
export function mendedByHttpd({ faults, seed }: { readonly faults: number; readonly seed: number }): Promise<Mended> {
  return inFolder(async (folder) => {
    const random = new Random(seed)
    const { configuration, port, requests } = draw(random, folder)
    writeFileSync(`${folder}/httpd.conf`, configuration)
    const model = modelOf(folder)
    const failures: string[] = []
    const unmended = new Map<string, number>()
    let tried = 0
    for (const request of requests.filter(() => random.is(0.5))) {
      if (tried >= faults) break
      const judged = model.judge(request)
      if (judged.kind !== "refuses" || judged.status !== 403 || request.method !== "GET") continue
      const { code } = judged.denial.cause
      const found = remedies(model, request, random.is(0.2) ? neighboursOf(model, request).slice(0, 10) : [])
      const [first] = found.filter((it) => !it.does.includes("ExecCGI"))
      if (first === undefined) unmended.set(code, (unmended.get(code) ?? 0) + 1)
      for (const remedy of first === undefined ? [] : [first]) {
        tried++
        const undo = apply(remedy)
        try {
          const status = await statusOf(folder, port, request)
          if (status >= 400 || status === 0)
            failures.push(`${code} ${request.method} ${request.target}: ${remedy.does} -> ${status}`)
        } finally {
          undo()
        }
      }
    }
    return { tried, unmended, failures }
  })
}

async function statusOf(folder: string, port: number, request: Parameters<typeof send>[0]): Promise<number> {
  const httpd = await RealHttpd.start(folder, readFileSync(`${folder}/httpd.conf`, "utf8"), port)
  try {
    const status = await send(request)
    // Nothing listens where requests are passed on to.
    return status === 503 ? 200 : status
  } finally {
    await httpd.stop()
  }
}

/** Changes the files on disk; what it answers puts them back. */
function apply({ patches }: Remedy): () => void {
  const undone = patches.map(applied)
  return () => {
    for (const undo of undone.toReversed()) undo()
  }
}

function applied(patch: Patch): () => void {
  switch (patch.kind) {
    case "text": {
      const before = readFileSync(patch.file, "utf8")
      const after = applyText(before, patch)
      if (after === undefined) throw new Error(`a patch of ${patch.file} does not fit`)
      writeFileSync(patch.file, after)
      return () => writeFileSync(patch.file, before)
    }
    case "mode": {
      const before = statSync(patch.path).mode & 0o7777
      chmodSync(patch.path, patch.to)
      return () => chmodSync(patch.path, before)
    }
    case "acl": {
      const before = Bun.spawnSync(["getfacl", "-p", patch.path]).stdout
      const letters = ["r", "w", "x"].filter((_, at) => (patch.permissions & (4 >> at)) !== 0).join("")
      const entry = `${patch.who === "user" ? "u" : "g"}:${patch.id}:${letters === "" ? "-" : letters}`
      Bun.spawnSync(["setfacl", "-m", entry, patch.path])
      return () => {
        Bun.spawnSync(["setfacl", "--restore=-"], { stdin: before })
      }
    }
    case "create":
      writeFileSync(patch.path, "made")
      return () => rmSync(patch.path)
  }
}

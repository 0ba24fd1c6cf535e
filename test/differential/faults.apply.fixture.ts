import { chmodSync, chownSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { applyText } from "../../src/servers/apply-text.ts"
import type { Patch } from "../../src/servers/patch.ts"
import { run } from "./faults.plant.fixture.ts"

/** Makes the change on disk, as the person would who was told of it. */
export function applyPatch(patch: Patch): void {
  switch (patch.kind) {
    case "text": {
      const after = applyText(readFileSync(patch.file, "utf8"), patch)
      if (after === undefined) throw new Error(`a patch of ${patch.file} does not fit`)
      writeFileSync(patch.file, after)
      return
    }
    case "mode":
      chmodSync(patch.path, patch.to)
      return
    case "acl": {
      const rights = [4, 2, 1].map((bit, at) => (patch.permissions & bit ? "rwx".charAt(at) : "-")).join("")
      run("setfacl", "-m", `${patch.who}:${patch.id}:${rights}`, patch.path)
      return
    }
    case "create": {
      writeFileSync(patch.path, "made", { mode: 0o644 })
      const { gid, uid } = statSync(dirname(patch.path))
      chownSync(patch.path, uid, gid)
    }
  }
}

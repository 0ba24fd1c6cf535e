import type { Patch } from "../patch.ts"
import { withMode, withPermissions } from "./changed.ts"
import { nameOf, parentOf } from "./path.ts"
import type { Entry, FileTree } from "./tree.ts"

/**
 * A tree as it would be with patches applied; those of text change no file system and are left to others.
 *
 * Undefined where one does not fit: there is no such entry, its mode is another, or its access control list is not known.
 */
export function overlay(tree: FileTree, patches: readonly Patch[]): FileTree | undefined {
  const changed = new Map<string, Entry>()
  const at = (path: string) => changed.get(path) ?? tree.at(path)
  for (const patch of patches) {
    if (patch.kind === "text") continue
    const after = patched(at(patch.path), patch, at(parentOf(patch.path)))
    if (after === undefined) return undefined
    changed.set(patch.path, after)
  }
  return {
    at,
    names: (path) => {
      const names = tree.names(path)
      if (names === "unknown") return names
      const created = Array.from(changed.keys()).filter((it) => parentOf(it) === path && tree.at(it) === "absent")
      return created.length === 0 ? names : [...names, ...created.map(nameOf)].sort()
    },
    ...(tree.protectsLinks === undefined ? {} : { protectsLinks: tree.protectsLinks }),
  }
}

type FilePatch = Exclude<Patch, { kind: "text" }>

function patched(
  entry: Entry | "absent" | "unknown",
  patch: FilePatch,
  parent: Entry | "absent" | "unknown",
): Entry | undefined {
  if (patch.kind === "create") return created(entry, patch.path, parent)
  if (entry === "absent" || entry === "unknown" || entry.kind === "link") return undefined
  if (patch.kind === "acl") return withPermissions(entry, patch.who, patch.id, patch.permissions)
  return entry.mode === patch.from ? withMode(entry, patch.to) : undefined
}

/** A file as an editor leaves it: readable by all, of the directory's owner. */
function created(
  entry: Entry | "absent" | "unknown",
  path: string,
  parent: Entry | "absent" | "unknown",
): Entry | undefined {
  if (entry !== "absent" || parent === "absent" || parent === "unknown" || parent.kind !== "directory") return undefined
  const { user, group } = parent
  return { kind: "file", mode: 0o644, user, group, size: 1, source: { file: path, path: "mode" } }
}

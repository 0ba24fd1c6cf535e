import { statSync, watch } from "node:fs"
import { basename, dirname, resolve } from "node:path"

/** Editors write a file in several steps; the change is looked at once they are done. */
const SETTLE = 40
/** File systems that tell of no changes are asked, so often. */
const POLL = 1_000

/** Calls back after the file changed, was replaced, or appeared. Returns what ends it. */
export function watchFile(file: string, changed: () => void): () => void {
  const path = resolve(file)
  let seen = fingerprint(path)
  let settling: Timer | undefined
  const look = (): void => {
    clearTimeout(settling)
    settling = setTimeout(() => {
      const now = fingerprint(path)
      if (now === seen) return
      seen = now
      if (now !== "") changed()
    }, SETTLE)
  }
  // The directory rather than the file, as many editors replace the file.
  const watcher = watch(dirname(path), (_, name) => {
    if (name === null || name === basename(path)) look()
  })
  const poll = setInterval(() => {
    if (fingerprint(path) !== seen) look()
  }, POLL)
  poll.unref()
  return () => {
    watcher.close()
    clearInterval(poll)
    clearTimeout(settling)
  }
}

function fingerprint(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? "" : `${stat.ino} ${stat.size} ${stat.mtimeMs}`
}

import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A directory of its own for `use`, gone afterwards. */
export async function inDirectory(use: (directory: string) => void | Promise<void>): Promise<void> {
  const { path, remove } = temporaryDirectory()
  try {
    await use(path)
  } finally {
    remove()
  }
}

export function temporaryDirectory(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "pinpoint-store-"))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

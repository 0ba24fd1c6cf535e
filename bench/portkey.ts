import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** Its streams fail on Node 20 with newer releases of these two than it was made with. */
const MANIFEST = {
  private: true,
  dependencies: { "@portkey-ai/gateway": "1.15.2" },
  overrides: { hono: "4.9.7", "@hono/node-server": "1.13.8" },
}

/**
 * The file that starts Portkey's gateway, installed from npm when it is first asked for: only this benchmark needs it, and it
 * brings many packages.
 */
export function portkey(): string {
  const directory = join(import.meta.dir, "../node_modules/.cache/portkey")
  const server = join(directory, "node_modules/@portkey-ai/gateway/build/start-server.js")
  if (existsSync(server)) return server
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, "package.json"), JSON.stringify(MANIFEST))
  const { exitCode, stderr } = Bun.spawnSync(["npm", "install", "--ignore-scripts", "--no-audit"], { cwd: directory })
  if (exitCode !== 0) throw new Error(`Portkey's gateway could not be installed: ${stderr.toString()}`)
  return server
}

import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A certificate nobody trusts. */
export function selfSigned(): { readonly cert: string; readonly key: string } {
  const folder = mkdtempSync(join(tmpdir(), "pinpoint-tls-"))
  try {
    const words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key -out cert -days 2"
    const { exitCode, stderr } = Bun.spawnSync(["openssl", ...words.split(" "), "-subj", "/CN=nobody"], { cwd: folder })
    if (exitCode !== 0) throw new Error(stderr.toString())
    return { cert: readFileSync(join(folder, "cert"), "utf8"), key: readFileSync(join(folder, "key"), "utf8") }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

import { z } from "zod"
import type { Key } from "../../ports/keys.ts"
import { keptLimits, placedLimits } from "./key-limits.ts"
import { rowOf } from "./rows.ts"
import { DIGEST_BYTES } from "./secrets.ts"
import { damage } from "./sqlite-fault.ts"

/** A key as the index holds it. Its status here is never `expired`: that depends on when one looks. */
export interface StoredKey {
  readonly digest: Uint8Array
  readonly key: Key
  readonly revision: number
}

const ROW = z.object({
  name: z.string(),
  digest: z.instanceof(Uint8Array),
  prefix: z.string(),
  scopes: z.string(),
  created_at: z.int(),
  expires_at: z.int().nullable(),
  revoked_at: z.int().nullable(),
  team: z.string().nullable(),
  tenant: z.string().nullable(),
  limits: z.string(),
  revision: z.int(),
})

const SCOPES = z.array(z.string())

/** @throws StoreFault naming the file at `path`. */
export function storedKey(from: unknown, path: string): StoredKey {
  const row = rowOf(ROW, from, path)
  if (row.digest.length !== DIGEST_BYTES) throw damage(path, `the digest of key "${row.name}" is cut`)
  const limits = placedLimits(row.name, rowOf(keptLimits, parsed("limits", row.limits, path), path))
  const key: Key = {
    name: row.name,
    scopes: rowOf(SCOPES, parsed("scopes", row.scopes, path), path),
    status: row.revoked_at === null ? "active" : "revoked",
    prefix: row.prefix,
    createdAt: row.created_at,
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.team === null ? {} : { team: row.team }),
    ...(row.tenant === null ? {} : { tenant: row.tenant }),
    ...(limits === undefined ? {} : { limits }),
    source: { file: "store", path: `keys.${row.name}.scopes` },
  }
  return { digest: row.digest, key, revision: row.revision }
}

function parsed(what: string, text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw damage(path, `${what} are no JSON: ${String(error)}`)
  }
}

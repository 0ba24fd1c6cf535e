import type { FileKey } from "../config/gateway-plan.ts"
import type { KeyDirectory } from "../ports/keys.ts"

/** Longer than any key; hashing more would let a caller spend our time. */
const LONGEST = 512

/** Keys of the file and keys of the store as one directory; where both have a name, the file's is meant. */
export function keysOf(fileKeys: readonly FileKey[], store: KeyDirectory): KeyDirectory {
  // Found by the digest of what was presented: how long a lookup takes tells nothing of the secret, as no caller can
  // choose digests.
  const byDigest = new Map(fileKeys.map(({ digest, key }) => [digest, key]))
  const byName = new Map(fileKeys.map(({ key }) => [key.name, key]))
  return {
    find: (secret) => {
      if (secret.length > LONGEST) return undefined
      const written = byDigest.size === 0 ? undefined : byDigest.get(Bun.SHA256.hash(secret, "hex"))
      return written ?? store.find(secret)
    },
    named: (name) => byName.get(name) ?? store.named(name),
    list: () => [...byName.values(), ...store.list().filter(({ name }) => !byName.has(name))],
  }
}

import type { Key } from "../../ports/keys.ts"
import type { StoredKey } from "./key-row.ts"
import { DIGEST_BYTES, digestOf, sameDigest } from "./secrets.ts"

/** All keys in memory, by digest and by name. */
export class KeyIndex {
  /** By the first four bytes of the digest, which the compiler keeps as a plain integer; few keys share them. */
  readonly #byDigest = new Map<number, StoredKey[]>()
  readonly #byName = new Map<string, StoredKey>()
  /** Written over by every search. */
  readonly #presented = new DataView(new ArrayBuffer(DIGEST_BYTES))
  readonly #presentedBytes = new Uint8Array(this.#presented.buffer)
  #revision = 0

  /** The newest change that is in. */
  get revision(): number {
    return this.#revision
  }

  put(stored: StoredKey): void {
    this.#byName.set(stored.key.name, stored)
    this.#revision = Math.max(this.#revision, stored.revision)
    const head = new DataView(stored.digest.buffer, stored.digest.byteOffset).getInt32(0)
    const others = this.#byDigest.get(head)?.filter((it) => it.key.name !== stored.key.name) ?? []
    this.#byDigest.set(head, [...others, stored])
  }

  find(secret: string): Key | undefined {
    digestOf(secret, this.#presentedBytes)
    const near = this.#byDigest.get(this.#presented.getInt32(0))
    if (near === undefined) return undefined
    for (const { digest, key } of near) if (sameDigest(digest, this.#presentedBytes)) return key
    return undefined
  }

  named(name: string): Key | undefined {
    return this.#byName.get(name)?.key
  }

  /** By name. */
  list(): readonly Key[] {
    return [...this.#byName.values()].map((it) => it.key).sort((a, b) => (a.name < b.name ? -1 : 1))
  }
}

import { openStore } from "../adapters/sqlite/store.ts"

/** `token`: a new management token, which replaces the old one. */
export function renewToken({ data, json }: { readonly data: string; readonly json: boolean }): void {
  const store = openStore(data)
  try {
    const token = store.token.renew()
    console.log(json ? JSON.stringify({ token }) : token)
    if (!json) console.error("This management token is shown this once, and the one before it opens nothing any more.")
  } finally {
    store.close()
  }
}

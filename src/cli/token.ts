import { changing } from "./with-store.ts"

/** `token`: a new management token, which replaces the old one. */
export async function renewToken({ data, json }: { readonly data: string; readonly json: boolean }): Promise<void> {
  const token = await changing(data, (store) => store.token.renew())
  console.log(json ? JSON.stringify({ token }, null, 2) : token)
  if (!json) console.error("This management token is shown this once; the one before it opens nothing any more.")
}

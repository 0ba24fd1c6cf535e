import type { ProbeAnswer, ProbeRequest } from "../../diagnosis/probe/probe-request.ts"

/** Milliseconds to the end of what is read of an answer. */
const PATIENCE = 10_000
/** Bytes of the body that are read; the rest is let go. */
const MOST_READ = 4096

/** Sends one request as it is. Follows no redirect, so that nothing goes anywhere the user did not name. */
export async function fetchSend({ method, url, headers, body }: ProbeRequest): Promise<ProbeAnswer> {
  const answer = await fetch(url, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE),
    ...(body === undefined || method === "GET" || method === "HEAD" ? {} : { body }),
  })
  return { status: answer.status, headers: [...answer.headers], body: await beginning(answer) }
}

async function beginning({ body }: Response): Promise<string> {
  if (body === null) return ""
  const kept: Uint8Array[] = []
  let length = 0
  const reader = body.getReader()
  while (length < MOST_READ) {
    const { done, value } = await reader.read()
    if (done) break
    kept.push(value)
    length += value.length
  }
  await reader.cancel()
  return new TextDecoder().decode(Buffer.concat(kept).subarray(0, MOST_READ))
}

/** A problem document (RFC 9457) of the management side. */
export function problemAnswer(
  status: number,
  title: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(
    { title, status, detail },
    { status, headers: { ...headers, "content-type": "application/problem+json", "cache-control": "no-store" } },
  )
}

/** The body as JSON; undefined for what is none, which no schema accepts. */
export async function jsonOf(request: Request): Promise<unknown> {
  const text = await request.text()
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

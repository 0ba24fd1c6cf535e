/** A request that may be sent to a target, whole. */
export interface ProbeRequest {
  readonly method: string
  /** Absolute, `http` or `https`, without user information and fragment. */
  readonly url: string
  /** In order; names as they are sent. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body?: string
}

/** What came of one. Redirects are not followed. */
export interface ProbeAnswer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Its first 4 KiB. */
  readonly body: string
}

/** Sends one request and nothing else: follows nothing, repeats nothing, keeps nothing. @throws Error when no answer came. */
export type Send = (request: ProbeRequest) => Promise<ProbeAnswer>

export const headerOf = ({ headers }: ProbeRequest, name: string): string | undefined =>
  headers.find(([it]) => it.toLowerCase() === name)?.[1]

export const withoutHeader = (request: ProbeRequest, name: string): ProbeRequest => ({
  ...request,
  headers: request.headers.filter(([it]) => it.toLowerCase() !== name),
})

export const withHeader = (request: ProbeRequest, name: string, value: string): ProbeRequest => {
  const others = withoutHeader(request, name.toLowerCase())
  return { ...others, headers: [...others.headers, [name, value]] }
}

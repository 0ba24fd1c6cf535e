import { headerOf, type ProbeRequest, withHeader, withoutHeader } from "./probe-request.ts"

/** One way in which the refused request differs from the one that passes, and how to make another differ so. */
export interface Difference {
  /** As `the field X-Requested-With is absent` is said of the refused one. */
  readonly says: string
  apply(to: ProbeRequest): ProbeRequest
}

/** Framing and what belongs to one connection: it follows from the rest. */
const IGNORED = new Set(["host", "content-length", "connection", "transfer-encoding", "date"])

export function differences(passing: ProbeRequest, refused: ProbeRequest): readonly Difference[] {
  const found: Difference[] = []
  if (passing.method !== refused.method)
    found.push({ says: `the method is ${refused.method}`, apply: (to) => ({ ...to, method: refused.method }) })
  found.push(...ofPath(passing, refused), ...ofHeaders(passing, refused))
  if (passing.body !== refused.body)
    found.push({
      says:
        refused.body === undefined
          ? "it has no body"
          : `its body is another, of ${Buffer.byteLength(refused.body)} bytes`,
      apply: (to) => withBody(to, refused.body),
    })
  return found
}

function withBody(to: ProbeRequest, body: string | undefined): ProbeRequest {
  const { body: _, ...rest } = to
  return body === undefined ? rest : { ...rest, body }
}

function ofPath(passing: ProbeRequest, refused: ProbeRequest): readonly Difference[] {
  const [from, to] = [new URL(passing.url), new URL(refused.url)]
  const found: Difference[] = []
  const changed = (says: string, change: (url: URL) => void): void => {
    found.push({
      says,
      apply: (request) => {
        const url = new URL(request.url)
        change(url)
        return { ...request, url: url.href }
      },
    })
  }
  if (from.pathname !== to.pathname) changed(`the path is ${to.pathname}`, (url) => (url.pathname = to.pathname))
  for (const name of new Set([...from.searchParams.keys(), ...to.searchParams.keys()])) {
    const wanted = to.searchParams.getAll(name)
    if (wanted.join("\n") === from.searchParams.getAll(name).join("\n")) continue
    changed(wanted.length === 0 ? `the parameter ${name} is absent` : `the parameter ${name} is another`, (url) => {
      url.searchParams.delete(name)
      for (const it of wanted) url.searchParams.append(name, it)
    })
  }
  return found
}

function ofHeaders(passing: ProbeRequest, refused: ProbeRequest): readonly Difference[] {
  const names = new Set([...passing.headers, ...refused.headers].map(([it]) => it.toLowerCase()))
  return [...names].flatMap((name): readonly Difference[] => {
    const value = headerOf(refused, name)
    if (IGNORED.has(name) || value === headerOf(passing, name)) return []
    if (value === undefined) return [{ says: `the field ${name} is absent`, apply: (to) => withoutHeader(to, name) }]
    // The value may be a credential: it is sent, and never said.
    const says = headerOf(passing, name) === undefined ? `the field ${name} is there` : `the field ${name} is another`
    return [{ says, apply: (to) => withHeader(to, name, value) }]
  })
}

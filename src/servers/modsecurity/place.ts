/** Where an exclusion is to hold: one path, and one method where it is known. */
export interface Place {
  /** Path as sent, still encoded; absent where it is not known, and then the exclusion must be written for all paths. */
  readonly path?: string
  readonly method?: string
}

/** Of the request as sent where that is known; else of what the engine logged, which is decoded and encoded here again. */
export function placeOf(known: {
  readonly method?: string | undefined
  readonly target?: string | undefined
  readonly uri?: string | undefined
}): Place {
  const path = known.target === undefined ? encoded(known.uri) : pathOf(known.target)
  return {
    ...(path?.startsWith("/") === true ? { path } : {}),
    ...(known.method !== undefined && /^[A-Z]{1,32}$/.test(known.method) ? { method: known.method } : {}),
  }
}

function pathOf(target: string): string {
  const local = target.replace(/^https?:\/\/[^/?#]*/i, "")
  return /^[^?#]*/.exec(local)?.[0] || "/"
}

function encoded(uri: string | undefined): string | undefined {
  if (uri === undefined) return undefined
  const path = pathOf(uri)
  // What still has a percent sign is as it was sent.
  if (path.includes("%") || PLAIN.test(path)) return path
  try {
    return encodeURI(path)
  } catch {
    // Half a character cannot be encoded; the path then stays unknown.
    return undefined
  }
}

const PLAIN = /^[A-Za-z0-9/._~!$&()*+,;=:@-]*$/

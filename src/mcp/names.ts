/** A server as callers see its names. */
export interface NamedServer {
  readonly name: string
  /** Put before the names of its tools and prompts; empty for none. */
  readonly prefix: string
}

/** A name of a server's own, and whose it is. */
export interface Routed<S> {
  readonly server: S
  readonly name: string
}

/**
 * Public names of many servers' tools, prompts and resources, and back.
 *
 * The longest prefix a name begins with says whose it is, whatever the servers offer: a name means the same before and after
 * a server changes its list. Resources are told apart by their scheme, `files+file:///a.txt`, as the name of a resource has
 * to stay a URI (RFC 3986 §3.1 allows the plus sign in a scheme).
 */
export class Names<S extends NamedServer> {
  readonly #longestFirst: readonly S[]

  constructor(servers: readonly S[]) {
    this.#longestFirst = [...servers].sort((a, b) => b.prefix.length - a.prefix.length)
  }

  /** Undefined where no server has such names. */
  route(publicName: string): Routed<S> | undefined {
    const server = this.#longestFirst.find(({ prefix }) => publicName.startsWith(prefix))
    return server === undefined ? undefined : { server, name: publicName.slice(server.prefix.length) }
  }

  /** Undefined where the name would be taken for one of another server. */
  publicName(server: S, name: string): string | undefined {
    const whole = server.prefix + name
    return this.route(whole)?.server === server ? whole : undefined
  }

  routeUri(publicUri: string): Routed<S> | undefined {
    const own = this.#longestFirst.find((it) => it.prefix !== "" && publicUri.startsWith(`${it.name}+`))
    if (own !== undefined) return { server: own, name: publicUri.slice(own.name.length + 1) }
    const plain = this.#longestFirst.find(({ prefix }) => prefix === "")
    return plain === undefined ? undefined : { server: plain, name: publicUri }
  }

  publicUri(server: S, uri: string): string {
    return server.prefix === "" ? uri : `${server.name}+${uri}`
  }
}

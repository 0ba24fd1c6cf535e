import type { ServerRequest } from "../../request.ts"
import { readAddress } from "../../values/address.ts"
import { type Pattern, patternOf } from "../../values/pattern.ts"
import type { Directive } from "../syntax/directive.ts"
import { HostNames } from "../values/host-names.ts"
import { type Surroundings, settingsOf } from "./block.ts"
import { type Location, type Locations, locationsIn } from "./location.ts"
import type { Settings } from "./settings.ts"

/** One `server`. */
export interface Server {
  readonly directive: Directive
  readonly names: readonly string[]
  readonly listens: readonly Listen[]
  readonly mergesSlashes: boolean
  readonly settings: Settings
  readonly locations: Locations
  readonly named: ReadonlyMap<string, Location>
}

export interface Listen {
  /** `*` for every IPv4 address, `[::]` for every IPv6 address, `unix:` for a socket of the file system. */
  readonly address: string
  readonly port: number
  readonly isDefault: boolean
}

export function serverOf(directive: Directive, around: Settings, where: Omit<Surroundings, "serverNames">): Server {
  const block = directive.block ?? []
  const names = block.filter((it) => it.name === "server_name").flatMap((it) => it.args.map((arg) => arg.text))
  const listens = block.filter((it) => it.name === "listen").flatMap((it) => listenOf(it) ?? [])
  const surroundings = { ...where, serverNames: names.length === 0 ? [""] : names }
  const settings = settingsOf(directive, around, { kind: "server" }, surroundings)
  const locations = locationsIn(block, settings, surroundings)
  return {
    directive,
    names: surroundings.serverNames,
    listens: listens.length === 0 ? [{ address: "*", port: 80, isDefault: false }] : listens,
    mergesSlashes: !block.some((it) => it.name === "merge_slashes" && it.args[0]?.text === "off"),
    settings,
    locations,
    named: new Map(locations.all.filter((it) => it.match === "named").map((it) => [it.name, it])),
  }
}

function listenOf({ args }: Directive): Listen | undefined {
  const [first, ...options] = args.map((it) => it.text)
  if (first === undefined) return undefined
  const rest = {
    isDefault: options.includes("default_server") || options.includes("default"),
  }
  if (first.startsWith("unix:")) return { address: "unix:", port: 0, ...rest }
  if (/^\d{1,5}$/.test(first)) return { address: "*", port: Number(first), ...rest }
  const [, address = first, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(first) ?? []
  const bare = address.replace(/^\[|\]$/g, "")
  const shown = bare === "0.0.0.0" || bare === "*" ? "*" : bare === "::" ? "[::]" : bare
  return { address: shown, port: port === undefined ? 80 : Number(port), ...rest }
}

/** The servers of one listener and how one is chosen among them. */
export class Listener {
  readonly address: string
  readonly port: number
  readonly servers: readonly Server[]
  /** Answers for all names that are nobody's. */
  readonly standard: Server
  readonly #names = new HostNames<Server>()
  readonly #patterns: { readonly pattern: Pattern; readonly server: Server }[] = []

  constructor(address: string, port: number, servers: readonly Server[], standard: Server) {
    this.address = address
    this.port = port
    this.servers = servers
    this.standard = standard
    for (const server of servers)
      for (const name of server.names)
        if (name.startsWith("~")) this.#patterns.push({ pattern: patternOf(name.slice(1), /[A-Z]/.test(name)), server })
        else this.#names.add(name, server)
  }

  choose(host: string, matches: (pattern: Pattern) => boolean): ChosenServer {
    const named =
      this.#names.find(host) ?? (host === "" ? undefined : this.#patterns.find((it) => matches(it.pattern))?.server)
    return { server: named ?? this.standard, isNamed: named !== undefined }
  }
}

export interface ChosenServer {
  readonly server: Server
  /** Its name was asked for; otherwise it is the one that answers for all other names. */
  readonly isNamed: boolean
}

/** Who takes a connection, by the address and port it comes in at. */
export class Listeners {
  readonly #byPort = new Map<number, Map<string, Listener>>()

  constructor(servers: readonly Server[]) {
    const all = new Map<string, { readonly servers: Server[]; standard: Server | undefined; readonly listen: Listen }>()
    for (const server of servers)
      for (const listen of server.listens) {
        const key = `${listen.address} ${listen.port}`
        const known = all.get(key) ?? { servers: [], standard: undefined, listen }
        all.set(key, known)
        if (!known.servers.includes(server)) known.servers.push(server)
        if (listen.isDefault) known.standard ??= server
      }
    for (const { servers: at, standard, listen } of all.values()) {
      const [first] = at
      if (first === undefined) continue
      const ports = this.#byPort.get(listen.port) ?? new Map<string, Listener>()
      this.#byPort.set(
        listen.port,
        ports.set(listen.address, new Listener(listen.address, listen.port, at, standard ?? first)),
      )
    }
  }

  /** Undefined where none listens there, `unclear` where it depends on the address, which was not told. */
  find({ port, server, client }: ServerRequest): Listener | "unclear" | undefined {
    const ports = this.#byPort.get(port)
    if (ports === undefined) return undefined
    const isSix = readAddress(server ?? client)?.bits === 128
    const any = ports.get(isSix ? "[::]" : "*")
    if (server !== undefined) return ports.get(server) ?? any
    const [only, ...others] = ports.values()
    if (others.length === 0) return only
    const specific = [...ports.keys()].filter((it) => it !== "*" && it !== "[::]")
    return specific.length === 0 ? any : "unclear"
  }

  get ports(): readonly number[] {
    return [...this.#byPort.keys()]
  }
}

import type { ConfigFault } from "../../text/fault.ts"
import { type Surroundings, settingsOf } from "./settings/block.ts"
import { joined, wrapped } from "./settings/piece.ts"
import { Listeners, type Server, serverOf } from "./settings/server.ts"
import { type MadeVariable, variablesIn } from "./settings/variables.ts"
import type { Directive, Gap } from "./syntax/directive.ts"
import { filesOfDump, type NginxText } from "./syntax/dump.ts"
import { type Gathered, Gatherer } from "./syntax/gather.ts"

/** A configuration read once, ready to judge any number of requests. */
export interface NginxConfiguration {
  /** As given, or as found in a dump, by file. */
  readonly texts: readonly NginxText[]
  readonly servers: readonly Server[]
  readonly listeners: Listeners
  readonly variables: ReadonlyMap<string, MadeVariable>
  readonly faults: readonly ConfigFault[]
  /** What was taken to be so, as only a part was given. Empty for a whole configuration. */
  readonly assumed: readonly string[]
  /** Other servers may stand there. */
  readonly gaps: readonly Gap[]
  /** The block that holds them all; made up around a piece. */
  readonly http: Directive
  /** The main file, where there is one. */
  readonly main: string | undefined
  readonly isComplete: boolean
  /** No port is told, so that every port is taken to be the one. */
  readonly isFragment: boolean
  /** Variables that are given a value somewhere: by `set`, or by a name in a pattern. */
  readonly setNames: ReadonlySet<string>
  /** The user its workers run as, where that is said. */
  readonly user: string | undefined
}

export interface NginxReading {
  /** The main file, where the texts are not the answer of `nginx -T`. Otherwise the one that holds `http`. */
  readonly main?: string
  /** No file exists that is not among the texts. */
  readonly isComplete?: boolean
  /** Where relative `root`s begin: `/usr/share/nginx/`. */
  readonly prefix?: string
}

/** Reads files, the answer of `nginx -T`, or pieces as people quote them. Never throws; what could not be read is in `faults`. */
export function readNginx(texts: readonly NginxText[], reading: NginxReading = {}): NginxConfiguration {
  const dumps = texts.map((it) => filesOfDump(it.text))
  const split = texts.flatMap((it, at) => dumps[at] ?? [it])
  const isDump = dumps.some((it) => it !== undefined)
  const main = reading.main ?? mainOf(split)
  const isComplete = reading.isComplete ?? isDump
  const gatherer = new Gatherer(split, main ?? split[0]?.file ?? "", isComplete)
  const gathered = main === undefined ? gatherAll(gatherer, split) : gatherer.gather(main)
  const whole = main === undefined ? undefined : gathered.directives.find((it) => it.name === "http")
  const directory = (main ?? "").slice(0, (main ?? "").lastIndexOf("/") + 1)
  const strays =
    main === undefined || isComplete
      ? []
      : split.filter((it) => !gathered.used.has(it.file)).map((it) => gatherer.gather(it.file))
  const { http, assumed, gaps } = whole === undefined ? wrapped(gathered) : joined(whole, strays)
  const where: Omit<Surroundings, "serverNames"> = { prefix: reading.prefix, directory }
  const around = settingsOf({ ...http, gaps: [] }, undefined, { kind: "server" }, { ...where, serverNames: [] })
  const servers = (http.block ?? [])
    .filter((it) => it.name === "server" && it.block)
    .map((it) => serverOf(it, around, where))
  return {
    texts: split,
    servers,
    listeners: new Listeners(servers),
    variables: variablesIn(http.block ?? []),
    faults: [...gathered.faults, ...strays.flatMap((it) => it.faults)],
    assumed,
    gaps,
    http,
    main,
    isComplete,
    isFragment: whole === undefined,
    setNames: namesSet(http.block ?? []),
    user: gathered.directives.find((it) => it.name === "user")?.args[0]?.text,
  }
}

const GROUP = /\(\?(?:P?<|')([A-Za-z_]\w{0,63})/g

function namesSet(directives: readonly Directive[]): ReadonlySet<string> {
  const names = new Set<string>()
  const waiting = [...directives]
  for (let it = waiting.pop(); it !== undefined; it = waiting.pop()) {
    if (it.name === "set") names.add((it.args[0]?.text ?? "").replace(/^\$/, "").toLowerCase())
    for (const { text } of [{ text: it.name }, ...it.args])
      if (text.includes("(?")) for (const [, name = ""] of text.matchAll(GROUP)) names.add(name.toLowerCase())
    waiting.push(...(it.block ?? []))
  }
  return names
}

const mainOf = (texts: readonly NginxText[]): string | undefined =>
  texts.find((it) => /^[ \t]*http[ \t\r\n]*\{/m.test(it.text))?.file

function gatherAll(gatherer: Gatherer, texts: readonly NginxText[]): Gathered {
  const all = texts.map((it) => gatherer.gather(it.file))
  return {
    directives: all.flatMap((it) => it.directives),
    gaps: all.flatMap((it) => it.gaps),
    faults: all.at(-1)?.faults ?? [],
    used: new Set(texts.map((it) => it.file)),
  }
}

import type { Denial } from "../../decision/decide.ts"
import { visible } from "../../text/excerpt.ts"
import type { PlacedProof } from "../judgement.ts"
import type { Exchange } from "./run/exchange.ts"
import type { Settings } from "./settings/settings.ts"
import type { Directive } from "./syntax/directive.ts"

/** Evidence without its text; `path` is of the entry it is about, where that is no line of the configuration. */
type Line = Omit<PlacedProof, "quote"> & { readonly path?: string }

/** The directory a refusal is about, where it is about one that has no index. */
export function directoryMeant({ evidence: [first] }: Denial<Exchange>): string | undefined {
  if (first.relation.name !== "includes one of") return undefined
  const path = / (\/[\s\S]*)$/.exec(first.source.path)?.[1]
  return path === undefined || path === "/" ? path : path.replace(/\/+$/, "")
}

/** How a path came to be a directory or file that is refused: what is to be changed may stand in any of these. */
export function mappingOf(denial: Denial<Exchange>): readonly Line[] {
  const exchange = denial.frame.world
  const settings = exchange?.refused?.settings
  const directory = directoryMeant(denial)
  if (exchange === undefined || settings === undefined) return []
  if (
    directory === undefined &&
    !/^(?:fs|nginx\/(?:eacces|disable-symlinks|link-loop|not-found))/.test(denial.cause.code)
  )
    return []
  const { root, tryFiles } = settings
  const autoindex = directory === undefined ? undefined : listingOff(settings, exchange.server.settings)
  const entry = directory === undefined ? "unknown" : exchange.machine.files.at(directory)
  return [
    ...(directory === undefined || entry === "absent" || entry === "unknown"
      ? []
      : [{ at: entry.source, path: directory, says: "this directory is what was asked for" }]),
    ...(root?.directive === undefined ? [] : [{ at: root.directive.at, says: "this line says where files are" }]),
    ...(tryFiles === undefined
      ? []
      : [{ at: tryFiles.directive.at, says: `this line chose ${visible(directory ?? "the file")}` }]),
    ...(autoindex === undefined ? [] : [{ at: autoindex.at, says: "this line keeps the list of files back" }]),
  ]
}

const listingOff = (...blocks: readonly Settings[]): Directive | undefined =>
  blocks
    .flatMap(({ directive }) => directive.block ?? [])
    .find((it) => it.name === "autoindex" && it.args[0]?.text === "off")

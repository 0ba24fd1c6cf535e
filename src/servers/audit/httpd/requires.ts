import type { Group, Requirement } from "../../httpd/access/authorization.ts"
import { sourceOf, titleOf } from "../../httpd/language/directive.ts"
import { commentedOut } from "../../httpd/mending/edits.ts"
import type { Section } from "../../httpd/settings/settings.ts"
import type { AddressSet } from "../address-set.ts"
import { proposed } from "../finding.ts"
import { deadLines, letInBy, linesOf } from "./granted.ts"
import {
  everySection,
  everyServer,
  foundAt,
  type HttpdCheck,
  type HttpdFinding,
  type HttpdSite,
  lineOf,
} from "./site.ts"

/** Whom a list lets in that brings nothing but an address. */
const openTo = (root: Group): AddressSet => letInBy(root, "GET", () => false)

/** `Require` lines that change nothing. */
export const deadRequires: HttpdCheck = function* (site) {
  for (const { settings, title } of everySection(site.configuration)) {
    const root = settings.authorization?.root
    if (root === undefined) continue
    const isOpen = openTo(root).isAll
    const opening = linesOf(root).find((it) => it.provider.kind === "all" && it.provider.isGranted && !it.isNegated)
    for (const line of deadLines(root)) yield dead(site, line, title, isOpen ? opening : undefined)
  }
}

function dead(site: HttpdSite, line: Requirement, title: string, opening: Requirement | undefined): HttpdFinding {
  const { directive, provider } = line
  const at = sourceOf(directive)
  const isRefusal = provider.kind === "all" && !provider.isGranted
  const remove = proposed(`Take out \`${titleOf(directive)}\``, commentedOut(directive, "").patches)
  if (opening !== undefined && opening !== line && !isRefusal)
    return foundAt(site, at, {
      name: "httpd/require-dead",
      why: `one line of the list in ${title} is enough, and \`${titleOf(opening.directive)}\` on ${lineOf(sourceOf(opening.directive), at)} is met by everybody`,
      effect: "asks nothing of anybody: the section is open to all",
      change: proposed(
        `Remove \`${titleOf(opening.directive)}\` if only those are meant whom \`${titleOf(directive)}\` lets in, or else this line`,
      ),
    })
  return foundAt(site, at, {
    name: "httpd/require-dead",
    severity: isRefusal ? "warning" : "note",
    why: isRefusal
      ? `one line of the list in ${title} is enough, so that this one keeps out nobody whom another lets in`
      : `the other lines of the list in ${title} decide the same for everybody without it`,
    effect: isRefusal ? "refuses nobody, against what it says" : "decides about nobody; without it nothing changes",
    change: remove,
  })
}

/** Lists that take the place of a stricter one of a directory above. */
export const replacedRequires: HttpdCheck = function* (site) {
  const told = new Set<Section>()
  for (const { directories } of everyServer(site.configuration))
    for (const section of directories) {
      const root = section.settings.authorization?.root
      const [first] = root === undefined ? [] : linesOf(root)
      if (root === undefined || first === undefined || told.has(section) || merges(section)) continue
      told.add(section)
      const above = nearestAbove(section, directories)
      const outer = above?.settings.authorization?.root
      if (above === undefined || outer === undefined) continue
      const fence = openTo(outer)
      const open = openTo(root)
      const example = open.minus(fence).example()
      // All refused above and some let in below is how it is meant to be written.
      if (fence.isEmpty || example === undefined) continue
      yield foundAt(site, sourceOf(first.directive), {
        name: "httpd/require-replaced",
        severity: open.isAll ? "note" : "warning",
        why: `the list in ${section.title} replaces that of ${above.title} (${lineOf(above.source, section.source)}) as a whole`,
        effect: `lets in addresses such as ${example} that the directory above refuses`,
        change: proposed(`Put \`AuthMerging And\` into ${section.title} if both lists are meant`),
      })
    }
}

const merges = ({ settings: { authorization } }: Section): boolean =>
  authorization?.merging === "and" || authorization?.merging === "or"

function nearestAbove({ scope }: Section, sections: readonly Section[]): Section | undefined {
  if (scope.kind !== "directory" || scope.isWildcard) return undefined
  return sections.findLast(
    (it) =>
      it.scope.kind === "directory" &&
      !it.scope.isWildcard &&
      it.scope.path !== scope.path &&
      scope.path.startsWith(it.scope.path) &&
      it.settings.authorization?.root !== undefined,
  )
}

/** The root of the file system open to all. */
export const openRoot: HttpdCheck = function* (site) {
  for (const { scope, settings, title } of everySection(site.configuration)) {
    const root = settings.authorization?.root
    const [first] = root === undefined ? [] : linesOf(root)
    if (root === undefined || first === undefined) continue
    if (scope.kind !== "directory" || scope.path !== "/" || !openTo(root).isAll) continue
    yield foundAt(site, sourceOf(first.directive), {
      name: "httpd/root-open",
      why: `${title} is every file of the machine, and whatever an alias, a link or a rule leads to is let out`,
      effect: "lets everybody read whatever the server's user may and a path leads to",
      change: proposed("Write `Require all denied` here, and `Require all granted` in the directories that are served"),
    })
  }
}

/** Sections of locations are merged last, so that their lists replace those that protect files. */
export const locationsOverFiles: HttpdCheck = function* (site) {
  const told = new Set<Section>()
  for (const server of everyServer(site.configuration)) {
    const files = [server, ...server.directories].flatMap((it) => it.settings.files ?? [])
    for (const location of server.locations) {
      const root = location.settings.authorization?.root
      const [first] = root === undefined ? [] : linesOf(root)
      const isEverywhere = location.scope.kind === "location" && location.scope.path === "/"
      if (root === undefined || first === undefined || !isEverywhere || merges(location) || told.has(location)) continue
      const open = openTo(root)
      const undone = files.find((it) => {
        const fence = it.settings.authorization?.root
        return fence !== undefined && !openTo(fence).covers(open)
      })
      if (undone === undefined) continue
      told.add(location)
      yield foundAt(site, sourceOf(first.directive), {
        name: "httpd/location-replaces-files",
        why: `${location.title} is merged after ${undone.title} (${lineOf(undone.source, location.source)}), and its list replaces that one`,
        effect: `lets ${open.isAll ? "everybody" : "whom it names"} have the files that ${undone.title} is there to keep`,
        change: proposed("Put `Require` into the `<Directory>` that is meant and take it from here"),
      })
    }
  }
}

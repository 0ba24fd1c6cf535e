import type { Entry, FileTree } from "../files/tree.ts"
import { type HttpdConfiguration, readConfiguration } from "./configuration.ts"
import { GivenTexts } from "./language/texts.ts"

/** A piece of a configuration as people show it. */
export interface Piece {
  /** A path where one was told, else any name. */
  readonly name: string
  readonly text: string
}

export interface FragmentOptions {
  /** Where the site's files are, where that is known: of a log line, say. */
  readonly documentRoot?: string
}

/** Where nobody says where a site's files are: what Debian and Red Hat have. */
const USUAL_ROOT = "/var/www/html"
const MAIN = "/fragments/httpd.conf"

/**
 * A configuration of pieces: what is named `.htaccess`, or can only be one, is that of the document root; the rest is one
 * file after the other. Without any other piece, `.htaccess` is taken to be read whole. Undefined for no piece.
 */
export function configurationOf(
  pieces: readonly Piece[],
  options: FragmentOptions = {},
): HttpdConfiguration | undefined {
  const [first] = pieces
  if (first === undefined) return undefined
  const inTree = pieces.filter(isHtaccess)
  const others = pieces.filter((it) => !isHtaccess(it))
  const root = options.documentRoot ?? rootIn(others) ?? USUAL_ROOT
  const texts = new Map(others.map((it, at) => [nameOf(it, at), it.text]))
  if (inTree.length > 0 && !others.some((it) => /^[ \t]*AllowOverride/im.test(it.text)))
    texts.set(MAIN, "<Directory />\n  AllowOverride All\n</Directory>\n")
  const files = [...texts.keys()]
  const joined = inTree.map((it) => it.text).join("\n")
  if (inTree.length > 0) texts.set(`${root}/.htaccess`, joined)
  const [main, ...also] = files
  return readConfiguration({ texts: new GivenTexts(texts), main: main ?? MAIN, also, documentRoot: root })
}

const nameOf = ({ name }: Piece, at: number): string => (name.startsWith("/") ? name : `/fragments/${at}/${name}`)

function rootIn(pieces: readonly Piece[]): string | undefined {
  for (const { text } of pieces) {
    const root = /^[ \t]*DocumentRoot\s+"?([^"\s]+)/im.exec(text)?.[1]
    if (root !== undefined) return root
  }
  return undefined
}

/** Sections of the server stand in no `.htaccess`, and rules whose paths have no slash before them in nothing else. */
function isHtaccess({ name, text }: Piece): boolean {
  if (/\.htaccess$/i.test(name)) return true
  if (/^[ \t]*(<(VirtualHost|Directory|Location)|DocumentRoot|Listen|LoadModule|ServerName|Include)/im.test(text))
    return false
  return /^[ \t]*RewriteRule\s+"?\^?(?![\^/])\S/im.test(text) && !/^[ \t]*RewriteRule\s+"?\^?\//im.test(text)
}

/** A tree in which what nobody told of is there and open to all: for configurations that come without their files. */
export function trusting(tree: FileTree, configuration: HttpdConfiguration): FileTree {
  const { texts } = configuration.input
  return {
    at: (path) => {
      const told = tree.at(path)
      if (told !== "unknown") return told
      if (/\/\.ht[^/]*$/.test(path) && texts.read(path) === undefined) return "absent"
      return assumed(path)
    },
    names: (path) => tree.names(path),
    protectsLinks: tree.protectsLinks ?? false,
  }
}

function assumed(path: string): Entry {
  const isFile = /\.[^/]+$/.test(path)
  const source = { file: path, path: "assumed" }
  return { kind: isFile ? "file" : "directory", mode: isFile ? 0o644 : 0o755, user: 0, group: 0, source }
}

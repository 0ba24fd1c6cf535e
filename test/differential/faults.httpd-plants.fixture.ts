import { chmodSync } from "node:fs"
import { join } from "node:path"
import type { Random } from "../random.fixture.ts"
import {
  content,
  end,
  FILE_KINDS,
  type Kind,
  linesIn,
  oneOf,
  type Planted,
  rewritten,
  withoutIndex,
} from "./faults.plant.fixture.ts"
import { block, blocksIn, type Line, line, type Site } from "./faults.site.fixture.ts"
import { HOSTS } from "./faults.tree.fixture.ts"

type Place = { readonly inside: Line[] }

/** Puts lines into a new section, or into `.htaccess`. */
type Section = (random: Random, site: Site, lines: readonly (string | Line)[]) => Planted | undefined

const FOLDERS = ["", "docs", "docs/deep", "files", "static", "shop", "shop/items"] as const
const CLIENTS = ["127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5", "127.0.0.6"] as const
const NETWORKS = ["127.0.0.0/29", "127.0.0.0/24", "127.0.0.4/30", "127.0.0.2/31"] as const

const host = (random: Random, site: Site): Place | undefined => oneOf(random, blocksIn(site, /^VirtualHost /))
const accessFiles = ({ texts }: Site): readonly { readonly file: string; readonly inside: Line[] }[] =>
  texts.filter((it) => it.file.endsWith("/.htaccess")).map(({ file, lines }) => ({ file, inside: lines }))

const inSection =
  (head: (random: Random, site: Site, root: string) => string): Section =>
  (random, site, lines) => {
    const chosen = random.of(HOSTS)
    const root = join(content(site.folder), chosen)
    const place = blocksIn(site, /^VirtualHost /)[HOSTS.indexOf(chosen)]
    return place === undefined ? undefined : end(place, block(head(random, site, root), ...lines))
  }

const SECTIONS: Readonly<Record<string, Section>> = {
  Directory: inSection((random, _, root) => `Directory "${join(root, random.of(FOLDERS))}"`),
  Location: inSection(
    (random) => `Location "${random.of(["/", "/docs", "/api/", "/shop/", "/static/img", "/health"])}"`,
  ),
  Files: inSection((random) => `Files "${random.of(["index.html", "*.html", "app.css", "a.txt", "page.html"])}"`),
  If: inSection(
    (random) =>
      `If "${random.of([
        "%{HTTP_USER_AGENT} =~ /curl/",
        "%{REQUEST_URI} =~ m#^/docs/#",
        "%{REQUEST_METHOD} == 'HEAD'",
        "-n %{HTTP_REFERER} && %{HTTP_REFERER} =~ /elsewhere/",
      ])}"`,
  ),
  ".htaccess": (random, site, lines) => {
    const place = oneOf(random, accessFiles(site))
    return place === undefined ? undefined : end(place, ...lines.map((it) => (typeof it === "string" ? line(it) : it)))
  },
}

const inEach = (name: string, lines: (random: Random) => readonly (string | Line)[]): readonly Kind[] =>
  Object.entries(SECTIONS).map(([where, put]) => ({
    name: `${name} in ${where}`,
    plant: (random, site) => put(random, site, lines(random)),
  }))

const either =
  (...sections: readonly [Section, ...Section[]]): Section =>
  (random, site, lines) =>
    random.of(sections)(random, site, lines)
const { Directory = inSection(() => ""), Location = Directory, ".htaccess": Htaccess = Directory } = SECTIONS

const kind = (name: string, section: Section, lines: (random: Random) => readonly (string | Line)[]): Kind => ({
  name,
  plant: (random, site) => section(random, site, lines(random)),
})

const refusing = (random: Random): readonly string[] =>
  random.of([
    ["RewriteEngine On", "RewriteRule ^ - [F]"],
    ["RewriteEngine On", "RewriteRule \\.(?:html|css)$ - [F,L]"],
    ["RewriteEngine On", "RewriteCond %{HTTP_USER_AGENT} curl [NC]", "RewriteRule ^ - [F]"],
    ["RewriteEngine On", "RewriteCond %{REMOTE_ADDR} ^127\\.0\\.0\\.[2-4]$", "RewriteRule .* - [F]"],
    ["RewriteEngine On", "RewriteCond %{REQUEST_METHOD} !^(?:GET|POST)$", "RewriteRule ^ - [R=403,L]"],
    [
      "RewriteEngine On",
      "RewriteCond %{HTTP_REFERER} !^$",
      "RewriteCond %{HTTP_REFERER} !www\\.test",
      "RewriteRule ^ - [F]",
    ],
  ])

/** What goes wrong with httpd. */
export const HTTPD_KINDS: readonly Kind[] = [
  ...inEach("Require all denied", () => ["Require all denied"]),
  ...inEach("Require ip of others", (random) => [
    `Require ip ${random.of(["127.0.0.7", "192.0.2.0/24", "10.0.0.1 127.0.0.6"])}`,
  ]),
  kind("Require not ip", either(Directory, Location, Htaccess), (random) => [
    block("RequireAll", "Require all granted", `Require not ip ${random.of([...CLIENTS, ...NETWORKS])}`),
  ]),
  { name: "no grant", plant: withoutGrant },
  kind("Deny from all", either(Directory, Location, Htaccess), () => ["Order Allow,Deny", "Deny from all"]),
  kind("Deny from some", either(Directory, Location, Htaccess), (random) => [
    ...random.of([["Order Allow,Deny", "Allow from all"], ["Order Deny,Allow"]]),
    `Deny from ${random.of([...CLIENTS, ...NETWORKS])}`,
  ]),
  kind("Options -Indexes", either(Directory, Htaccess), () => ["Options -Indexes"]),
  kind("Options -FollowSymLinks", either(Directory, Htaccess), (random) => [
    random.of(["Options -FollowSymLinks", "Options -FollowSymLinks -SymLinksIfOwnerMatch", "Options None"]),
  ]),
  {
    name: "RewriteRule [F] of a host",
    plant: (random, site) => {
      const place = host(random, site)
      return place && end(place, ...refusing(random).map(line))
    },
  },
  kind("RewriteRule [F] in .htaccess", Htaccess, refusing),
  {
    name: "Redirect 403",
    plant: (random, site) => {
      const place = host(random, site)
      const text = random.of([
        "Redirect 403 /docs",
        "RedirectMatch 403 \\.html$",
        "Redirect 403 /shop/items",
        "RedirectMatch 403 ^/api/users",
      ])
      return place && end(place, line(text))
    },
  },
  {
    name: ".htaccess that may not be read",
    plant: (random, site) => {
      const path = oneOf(random, accessFiles(site))?.file
      if (path === undefined) return undefined
      chmodSync(path, random.of([0o600, 0o640, 0o000]))
      return { lines: [], path }
    },
  },
  {
    name: "DirectoryIndex of another name",
    plant: (random, site) =>
      rewritten(oneOf(random, linesIn(site, /^DirectoryIndex /))?.it, "DirectoryIndex main.html"),
  },
  { name: "no index", plant: (random, { folder }) => withoutIndex(random, folder) },
  kind("Limit", either(Directory, Location), (random) => [
    block(
      `Limit ${random.of(["POST PUT", "GET", "DELETE", "PUT"])}`,
      random.of(["Require all denied", "Require ip 127.0.0.9"]),
    ),
  ]),
  kind("LimitExcept", either(Directory, Location), (random) => [
    block(
      `LimitExcept ${random.of(["GET", "GET HEAD", "POST"])}`,
      random.of(["Require all denied", "Require ip 127.0.0.9"]),
    ),
  ]),
  ...FILE_KINDS,
]

/** What nobody grants any more is refused by the line for all directories. */
function withoutGrant(_: Random, site: Site): Planted | undefined {
  const grants = linesIn(site, /^Require all granted$/)
  const outer = grants.find(({ within }) => within.length === 1 && within[0]?.text.startsWith("Directory"))
  const chosen = outer ?? grants.find(({ within }) => within.at(-1)?.text.startsWith("Directory"))
  const inside = chosen?.within.at(-1)?.inside
  if (chosen === undefined || inside === undefined) return undefined
  inside.splice(inside.indexOf(chosen.it), 1)
  return {
    lines: linesIn(site, /^Require all denied$/).flatMap(({ it, within }) =>
      within[0]?.text === 'Directory "/"' ? [it] : [],
    ),
  }
}

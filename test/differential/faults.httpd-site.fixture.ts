import { join } from "node:path"
import type { Random } from "../random.fixture.ts"
import { content } from "./faults.plant.fixture.ts"
import { drawProbes } from "./faults.probes.fixture.ts"
import { block, type ConfigText, type Line, line, type Site } from "./faults.site.fixture.ts"
import { growSite, HOSTS } from "./faults.tree.fixture.ts"
import { preamble } from "./httpd.server.fixture.ts"

/** A site as people run it with httpd: virtual hosts, files with `.htaccess`, a program behind it, rules with good reason. */
export function drawHttpdSite(random: Random, folder: string, port: number, upstream: number): Site {
  growSite(random, folder)
  const isOuter = random.is(0.5)
  const grant = "Require all granted"
  const main = [
    ...preamble(folder, port).trim().split("\n").map(line),
    block('Directory "/"', "AllowOverride None", "Require all denied"),
    block(
      `Directory "${content(folder)}"`,
      `Options ${random.is(0.5) ? "Indexes " : ""}FollowSymLinks`,
      "AllowOverride None",
      ...(isOuter ? [grant] : []),
    ),
    block('FilesMatch "^\\.ht"', "Require all denied"),
    line(`Include ${folder}/sites/*.conf`),
  ]
  const texts: readonly ConfigText[] = [
    { file: join(folder, "httpd.conf"), lines: main },
    ...HOSTS.flatMap((host): readonly ConfigText[] => {
      const root = join(content(folder), host)
      const own = random.is(0.5) ? [grant] : [block("RequireAll", grant, "Require not env bad")]
      return [
        {
          file: join(folder, `sites/${host}.conf`),
          lines: [drawHost(random, { host, root, port, upstream, folder }, isOuter ? [] : own)],
        },
        {
          file: join(root, ".htaccess"),
          lines: [line("AddDefaultCharset utf-8"), ...(random.is(0.5) ? [line("DirectoryIndex index.html")] : [])],
        },
        { file: join(root, "docs/.htaccess"), lines: [line("AddDefaultCharset utf-8")] },
        { file: join(root, "files/.htaccess"), lines: [line("Options +Indexes")] },
        {
          file: join(root, "shop/.htaccess"),
          lines: [line("RewriteEngine On"), line("RewriteRule ^items/(?:[0-9]+)$ items/one.html [L]")],
        },
      ]
    }),
  ]
  return { folder, port, texts, probes: drawProbes(random, port) }
}

interface Hosted {
  readonly host: string
  readonly root: string
  readonly port: number
  readonly upstream: number
  readonly folder: string
}

function drawHost(
  random: Random,
  { host, root, port, upstream, folder }: Hosted,
  grants: readonly (string | Line)[],
): Line {
  const maybe = (chance: number, ...all: readonly (string | Line)[]): readonly (string | Line)[] =>
    random.is(chance) ? all : []
  const directory = (path: string, ...inside: readonly (string | Line)[]): Line =>
    block(`Directory "${join(root, path)}"`, ...inside)
  return block(
    `VirtualHost *:${port}`,
    `ServerName ${host}`,
    `DocumentRoot "${root}"`,
    "DirectoryIndex index.html",
    "BrowserMatchNoCase badbot bad",
    ...maybe(0.5, "RewriteEngine On", "RewriteCond %{HTTP_USER_AGENT} badbot [NC]", "RewriteRule ^ - [F]"),
    directory("", "AllowOverride All", ...grants, ...maybe(0.3, "Options +SymLinksIfOwnerMatch")),
    directory("static", random.of(["Options +Indexes", "Options -Indexes", "AllowOverride None"])),
    directory("admin", "Require ip 127.0.0.2", "Require ip 127.0.0.4/31"),
    directory(
      "private",
      "AuthType Basic",
      'AuthName "private"',
      `AuthUserFile "${folder}/users"`,
      "Require valid-user",
    ),
    ...maybe(0.7, block('DirectoryMatch "/\\.git"', "Require all denied")),
    ...maybe(0.3, block('Location "/api/"', block("LimitExcept GET POST", "Require ip 127.0.0.2"))),
    `ProxyPass "/api/" "http://127.0.0.1:${upstream}/api/"`,
    `ProxyPass "/health" "http://127.0.0.1:${upstream}/health"`,
  )
}

export const HTTPD_BRACES = {
  open: (text: string) => `<${text}>`,
  close: (text: string) => `</${text.split(" ", 1)[0] ?? ""}>`,
}

import type { Random } from "../random.fixture.ts"
import { drawAccess, drawOverride, drawRules, drawServing } from "./httpd.draw.fixture.ts"

/** What holds for all virtual hosts. */
export function drawMain(random: Random, folder: string): string {
  return [
    "<Directory />",
    ...(random.is(0.85) ? ["  AllowOverride None"] : []),
    ...(random.is(0.7) ? [random.is(0.3) ? "  Require all denied" : "  Require all granted"] : []),
    ...(random.is(0.1) ? ["  Options None"] : []),
    "</Directory>",
    ...(random.is(0.5) ? ['<FilesMatch "^\\.ht">', "  Require all denied", "</FilesMatch>"] : []),
    ...(random.is(0.3) ? ["SetEnvIf User-Agent good good"] : []),
    "<Macro Open $where>",
    `  <Directory ${folder}/tree/$where>`,
    "    Require all granted",
    "  </Directory>",
    "</Macro>",
    `Define roots "${folder}/tree"`,
    "",
  ].join("\n")
}

/** One virtual host with its own document root. */
export function drawHost(random: Random, folder: string, name: string, port: number): string {
  const root = `${folder}/tree/${name}`
  const indented = (lines: readonly string[]): readonly string[] => lines.map((it) => `  ${it}`)
  const section = (head: string, close: string, lines: readonly string[]): readonly string[] => [
    `<${head}>`,
    ...indented(lines),
    `</${close}>`,
  ]
  const body = (): readonly string[] => [
    ...(random.is(0.75) ? drawAccess(random, folder) : []),
    ...drawServing(random),
    ...(random.is(0.15) ? drawRules(random, "") : []),
  ]
  const inDirectory = (): readonly string[] => [...drawOverride(random), ...body()]
  const lines = [
    `ServerName ${name}.test`,
    ...(random.is(0.3) ? [`ServerAlias *.${name}.test`] : []),
    `DocumentRoot "${random.is(0.5) ? root : `\${roots}/${name}`}"`,
    ...(random.is(0.1) ? ["MergeSlashes Off"] : []),
    ...(random.is(0.15) ? [`AllowEncodedSlashes ${random.of(["On", "NoDecode"])}`] : []),
    ...(random.is(0.2) ? ["SetEnvIf Remote_Addr 127\\.0\\.0\\.2 bad", "BrowserMatch ^bot bad=1 good"] : []),
    ...(random.is(0.15)
      ? ["RemoteIPHeader X-Forwarded-For", `RemoteIPInternalProxy ${random.of(["127.0.0.1", "127.0.0.0/30"])}`]
      : []),
    ...(random.is(0.2) ? drawServing(random).filter((it) => !it.startsWith("AuthMerging")) : []),
    ...(random.is(0.3) ? drawRules(random, "/") : []),
    ...(random.is(0.2)
      ? [
          random.of([
            "Redirect 403 /a",
            "Redirect /b http://elsewhere.test/",
            "RedirectMatch 403 \\.txt$",
            "RedirectMatch 404 /\\.",
            "Redirect gone /f.html",
            "RedirectMatch ^/(c)/ /b/$1",
          ]),
        ]
      : []),
    ...(random.is(0.2) ? [`Alias /al "${root}/${random.of(["a", "b/", "c"])}"`] : []),
    ...(random.is(0.1) ? [`AliasMatch ^/m/(.*)$ "${root}/$1"`] : []),
    ...(random.is(0.1)
      ? [
          `ProxyPass /pass http://127.0.0.1:9/`,
          ...(random.is(0.5) ? [`ProxyPass /c !`, "ProxyPassMatch ^/c/(.*)$ http://127.0.0.1:9/$1"] : []),
        ]
      : []),
    ...(random.is(0.1) ? [`ScriptAlias /cgi "${root}/c"`] : []),
    ...(random.is(0.3) ? [`Use Open ${name}`] : []),
    ...(random.is(0.85) ? section(`Directory "${root}"`, "Directory", inDirectory()) : []),
    ...(random.is(0.5) ? section(`Directory "${root}/a"`, "Directory", inDirectory()) : []),
    ...(random.is(0.2) ? section(`Directory "${root}/a/b/"`, "Directory", inDirectory()) : []),
    ...(random.is(0.2) ? section(`Directory "${root}/*/b"`, "Directory", body()) : []),
    ...(random.is(0.15) ? section(`DirectoryMatch "/(b|c)(/|$)"`, "DirectoryMatch", body()) : []),
    ...(random.is(0.1) ? section(`Directory ~ "secret"`, "Directory", drawAccess(random, folder)) : []),
    ...(random.is(0.25)
      ? section(
          `Files "${random.of(["secret.html", "*.txt", "f.html", "index.html"])}"`,
          "Files",
          drawAccess(random, folder),
        )
      : []),
    ...(random.is(0.15) ? section('FilesMatch "^(x|hidden)\\."', "FilesMatch", drawAccess(random, folder)) : []),
    ...(random.is(0.3)
      ? section(`Location "${random.of(["/a", "/b/", "/a/*", "/", "/al"])}"`, "Location", body())
      : []),
    ...(random.is(0.15) ? section('LocationMatch "\\.(txt|php)$"', "LocationMatch", drawAccess(random, folder)) : []),
    ...(random.is(0.05)
      ? section("Location /status", "Location", ["SetHandler server-status", ...drawAccess(random, folder)])
      : []),
    ...(random.is(0.1)
      ? section("Location /moved", "Location", [
          random.of(["Redirect 403", "Redirect http://elsewhere.test/", "Redirect gone"]),
        ])
      : []),
    ...(random.is(0.15)
      ? [
          ...section(
            random.of([
              "If \"%{REQUEST_METHOD} == 'POST'\"",
              'If "%{HTTP_USER_AGENT} =~ /bot/"',
              'If "%{REQUEST_URI} =~ m#/b/#"',
            ]),
            "If",
            drawAccess(random, folder),
          ),
          ...(random.is(0.4) ? section("Else", "Else", drawAccess(random, folder)) : []),
        ]
      : []),
  ]
  const address = random.is(0.9) ? "*" : random.of(["127.0.0.1", "127.0.0.9", "_default_"])
  return [`<VirtualHost ${address}:${random.is(0.9) ? port : "*"}>`, ...indented(lines), "</VirtualHost>", ""].join(
    "\n",
  )
}

import { expect, test } from "bun:test"
import fc from "fast-check"
import { readConfiguration } from "../configuration.ts"
import type { Directive } from "./directive.ts"
import { GivenTexts } from "./texts.ts"
import { matchesWildcard } from "./wildcard.ts"

const read = (texts: Readonly<Record<string, string>>, changes: { readonly defines?: readonly string[] } = {}) =>
  readConfiguration({
    texts: new GivenTexts(new Map(Object.entries(texts))),
    main: "/etc/apache2/apache2.conf",
    ...changes,
  })

const one = (text: string) => read({ "/etc/apache2/apache2.conf": text })

const told = (directives: readonly Directive[]): readonly string[] =>
  directives.flatMap((it) => [
    `${it.file.replace(/.*\//, "")}:${it.line}:${it.column} ${it.path} ${it.words.map((word) => word.text).join("|")}`,
    ...told(it.children),
  ])

test("directives keep their places through continued lines, quotation marks and blanks", () => {
  const { directives, faults } = one(
    '  Alias "/a b" \\\n   /srv/c\n# Alias x \\\ny z\n<Directory\t"/srv">\n  Require ip 10.0.0.1 \\\n    10.0.0.2\n</Directory>\n',
  )
  expect(faults).toEqual([])
  expect(told(directives)).toEqual([
    "apache2.conf:1:3 Alias[0] /a b|/srv/c",
    "apache2.conf:5:1 Directory[0] /srv",
    "apache2.conf:6:3 Directory[0].Require[0] ip|10.0.0.1|10.0.0.2",
  ])
  const [, section] = directives
  expect(section?.children[0]?.words[2]).toMatchObject({ line: 7, column: 5, written: "10.0.0.2" })
  expect(section?.end).toEqual({ line: 8, column: 1 })
})

test("files are included by name, by pattern and by directory, in the order httpd takes them", () => {
  const { directives, files } = read({
    "/etc/apache2/apache2.conf": "Include sites/*.conf\nIncludeOptional none/*.conf\nInclude more\n",
    "/etc/apache2/sites/b.conf": "ServerAdmin b\n",
    "/etc/apache2/sites/a.conf": "ServerAdmin a\n",
    "/etc/apache2/sites/a.txt": "ServerAdmin no\n",
    "/etc/apache2/more/x": "ServerAdmin x\n",
  })
  expect(files.length).toBe(4)
  expect(told(directives).map((it) => it.split(" ").at(-1))).toEqual(["a", "b", "x"])
})

test("a file that includes itself ends with a fault", () => {
  const { faults } = one("Include /etc/apache2/apache2.conf\n")
  expect(faults[0]?.message).toContain("included more than")
})

test("lines inside a condition count where it holds", () => {
  const text = [
    "LoadModule rewrite_module x.so",
    "Define ON",
    "Define ROOT /srv/www",
    "<IfModule mod_rewrite.c>",
    "  ServerAdmin rewrite",
    "  <IfModule !mod_ssl.c>",
    "    ServerAdmin plain",
    "  </IfModule>",
    "</IfModule>",
    "<IfModule ssl_module>",
    "  <IfDefine ON>",
    "    ServerAdmin never",
    "  </IfDefine>",
    "</IfModule>",
    "<IfDefine ON>",
    "  ServerAdmin on",
    "</IfDefine>",
    "<IfVersion < 2.4>",
    "  Order allow,deny",
    "</IfVersion>",
    "<IfVersion >= 2.4>",
    `  DocumentRoot "$${"{ROOT}"}/html"`,
    "</IfVersion>",
  ].join("\n")
  const { directives, main } = one(text)
  expect(told(directives).map((it) => it.split(" ").at(-1))).toEqual(["rewrite", "plain", "on", "/srv/www/html"])
  expect(main.root?.value).toBe("/srv/www/html")
})

test("a macro's lines stand where the macro is written, with what it was given", () => {
  const { directives, faults, hosts } = one(
    "<Macro Host $name $root>\n  <VirtualHost *:80>\n    ServerName $name.test\n    DocumentRoot $root/$name\n  </VirtualHost>\n</Macro>\nUse Host a /srv\nUse host b /var\nUse Host c\n",
  )
  expect(hosts.map((it) => [it.name, it.root?.value])).toEqual([
    ["a.test", "/srv/a"],
    ["b.test", "/var/b"],
  ])
  expect(directives.map((it) => [it.line, it.path])).toEqual([
    [2, "VirtualHost[0]"],
    [2, "VirtualHost[1]"],
  ])
  expect(faults.map((it) => it.message)).toEqual(["the macro Host has 2 parameters, not 1"])
})

test("what httpd would not start with is a fault at its place", () => {
  const { faults } = one(
    "<Directory /srv>\n  Require ip 10.0.0.300\n  Options Indexes +FollowSymLinks\n</Directory>\n<Location /x>\n</Directory>\n",
  )
  expect(faults.map((it) => [it.source.line, it.message])).toEqual([
    [6, "</Directory> closes nothing"],
    [5, "<Location> is not closed"],
    [2, "ip address '10.0.0.300' appears to be invalid"],
    [3, "Either all Options must start with + or -, or no Option may."],
  ])
})

test("wildcards match as a shell's do, and no slash", () => {
  expect(matchesWildcard("/srv/*/b/", "/srv/a/b/")).toBe(true)
  expect(matchesWildcard("/srv/*/b/", "/srv/a/c/b/")).toBe(false)
  expect(matchesWildcard("*.[ch]", "x.c")).toBe(true)
  expect(matchesWildcard("[!a]?", "ab")).toBe(false)
  expect(matchesWildcard("a\\*", "a*")).toBe(true)
})

const WORDS = [
  "<Directory",
  "</Directory>",
  "<VirtualHost",
  ">",
  "<If",
  '"%{X}',
  "=~",
  "Require",
  "not",
  "ip",
  "all",
  "\\",
  "\n",
  "\n",
  `$${"{A}"}`,
  "Define",
  "A",
  "<Macro",
  "</Macro>",
  "Use",
  "RewriteRule",
  "[F,",
  "]",
  "Order",
  "Options",
  "+",
  "<Limit",
  "GET",
  "\u0000",
  '"',
  "Include",
  "*",
]

test("no text makes reading throw", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 8 })), { maxLength: 80 }),
      (parts) => {
        const { directives } = one(parts.join(" "))
        expect(Array.isArray(directives)).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})

test("a macro that doubles itself ends", () => {
  const lines = Array.from({ length: 40 }, (_, at) => `<Macro m${at + 1}>\nUse m${at}\nUse m${at}\n</Macro>`)
  const { faults } = one(`<Macro m0>\nServerAdmin x\n</Macro>\n${lines.join("\n")}\nUse m40\n`)
  expect(faults.some((it) => it.message.includes("the rest is not read"))).toBe(true)
})

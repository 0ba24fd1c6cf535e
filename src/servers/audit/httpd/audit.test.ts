import { describe, expect, test } from "bun:test"
import { applyText } from "../../apply-text.ts"
import { directory, file, reader, treeOf } from "../../files/tree.fixture.ts"
import type { Entry } from "../../files/tree.ts"
import { auditHttpd } from "./audit.ts"
import type { HttpdFindingName } from "./site.ts"

const MAIN = "/etc/apache2/apache2.conf"
const base = {
  "/srv": directory(0o755),
  "/srv/www": directory(0o755),
  "/srv/www/index.html": file(0o644),
  "/srv/www/up": directory(0o777),
}

const audit = (text: string, htaccess?: string, entries: Readonly<Record<string, Entry>> = base) =>
  auditHttpd({
    files: new Map([[MAIN, text]]),
    main: MAIN,
    tree: treeOf({ ...entries, ...(htaccess === undefined ? {} : { "/srv/www/.htaccess": file(0o644) }) }),
    textOf: (path) => (path === "/srv/www/.htaccess" ? htaccess : undefined),
    reader: reader(33, 33),
  })

const inRoot = (...lines: readonly string[]): string =>
  `DocumentRoot /srv/www\n<Directory /srv/www>\n${lines.join("\n")}\n</Directory>\n`
const granted = (...lines: readonly string[]): string => inRoot("Require all granted", ...lines)

const found = (text: string, htaccess?: string) =>
  audit(text, htaccess).findings.map(({ name, quote, severity }) => [name, severity, quote.trim()])

describe("an audit of httpd", () => {
  test("finds nothing where there is nothing", () => {
    expect(found(granted("AllowOverride FileInfo", "Options None"), "RewriteEngine On\n")).toEqual([])
    expect(
      found(inRoot("Options None", "<RequireAll>", "Require all granted", "Require not ip 192.0.2.1", "</RequireAll>")),
    ).toEqual([])
    expect(found(`<Directory />\nRequire all denied\n</Directory>\n${granted("Options None")}`)).toEqual([])
  })

  const faults: readonly (readonly [HttpdFindingName, string, string, string, string?])[] = [
    ["httpd/require-dead", "warning", inRoot("Require all granted", "Require ip 10.0.0.0/8"), "Require ip 10.0.0.0/8"],
    ["httpd/require-dead", "warning", inRoot("Require all denied", "Require ip 10.0.0.0/8"), "Require all denied"],
    ["httpd/require-dead", "note", inRoot("Require ip 10.0.0.0/8", "Require ip 10.1"), "Require ip 10.1"],
    [
      "httpd/require-replaced",
      "warning",
      `${inRoot("Require ip 10.0.0.0/8")}<Directory /srv/www/up>\nRequire ip 192.0.2.0/24\n</Directory>`,
      "Require ip 192.0.2.0/24",
    ],
    ["httpd/root-open", "error", `<Directory />\nRequire all granted\n</Directory>`, "Require all granted"],
    [
      "httpd/location-replaces-files",
      "warning",
      `<Files ".ht*">\nRequire all denied\n</Files>\n<Location />\nRequire all granted\n</Location>`,
      "Require all granted",
    ],
    ["httpd/access-mixed", "warning", granted("Order deny,allow", "Deny from all"), "Order deny,allow"],
    [
      "httpd/allow-deny-dead",
      "warning",
      inRoot("Order deny,allow", "Deny from 10.0.0.1", "Allow from all"),
      "Deny from 10.0.0.1",
    ],
    [
      "httpd/allow-deny-dead",
      "warning",
      inRoot("Order allow,deny", "Allow from 10.0.0.1", "Deny from all"),
      "Allow from 10.0.0.1",
    ],
    ["httpd/options-on-writable", "error", granted("Options ExecCGI"), "Options ExecCGI"],
    ["httpd/options-on-writable", "warning", granted("Options FollowSymLinks"), "Options FollowSymLinks"],
    ["httpd/indexes", "warning", granted("Options Indexes"), "Options Indexes"],
    [
      "httpd/htaccess-dead",
      "warning",
      granted("AllowOverride None"),
      "Require all denied",
      "# no\nRequire all denied\n",
    ],
    [
      "httpd/htaccess-not-allowed",
      "error",
      granted("AllowOverride FileInfo"),
      "Require all denied",
      "Require all denied\n",
    ],
    ["httpd/root-missing", "error", "DocumentRoot /srv/none", "DocumentRoot /srv/none"],
    [
      "httpd/error-document-refused",
      "warning",
      `${inRoot("Require ip 10.0.0.0/8")}ErrorDocument 403 /no.html`,
      "ErrorDocument 403 /no.html",
    ],
    ["httpd/not-read", "error", "<Directory /srv>\nRequire all perhaps\n</Directory>", "Require all perhaps"],
  ]
  // A fifth parameter would be taken for a callback where a row has none.
  test.each(faults.map((it) => [it] as const))("%p", ([name, severity, text, quote, htaccess]) => {
    expect(found(text, htaccess)).toContainEqual([name, severity, quote])
  })

  test("changes that were tried leave nothing of the finding, and nothing else worse", () => {
    let tried = 0
    for (const [, , text, , htaccess] of faults)
      for (const { change, name } of audit(text, htaccess).findings) {
        if (change?.isVerified !== true) continue
        tried++
        let after: string | undefined = text
        for (const it of change.patches)
          after = after === undefined || it.kind !== "text" ? undefined : applyText(after, it)
        const names = (of: string) =>
          audit(of, htaccess).findings.filter((it) => it.severity !== "note" || it.name === name)
        expect(names(after ?? "").length).toBeLessThan(names(text).length)
      }
    expect(tried).toBeGreaterThanOrEqual(4)
  })

  test("says which classes .htaccess would need, and no more", () => {
    const change = (htaccess: string) =>
      audit(granted("AllowOverride None"), htaccess).findings.find((it) => it.name === "httpd/htaccess-dead")?.change
        ?.does
    expect(change("RewriteEngine On\nRewriteRule x y\n")).toContain("`AllowOverride FileInfo`")
    expect(change("Options -Indexes\nRequire all denied\n")).toContain("`AllowOverride Options AuthConfig`")
    expect(change("DocumentRoot /x\n")).toContain("documentroot")
  })

  test("does not speak of .htaccess that holds nothing, nor of one that may not be read", () => {
    expect(found(granted("AllowOverride None", "Options None"), "# nothing\n\n")).toEqual([])
    const unreadable = audit(granted("AllowOverride None", "Options None"), undefined, {
      ...base,
      "/srv/www/.htaccess": file(0o600, 1000),
    })
    expect(unreadable.findings).toEqual([])
  })

  test("reads anything without failing", () => {
    for (const text of [
      "",
      "<",
      "<Directory",
      "</Directory>",
      "\0",
      "Require",
      "<Directory />\n<RequireAll>\n",
      "Options +\n",
    ])
      expect(Array.isArray(audit(text, text).findings)).toBe(true)
  })
})

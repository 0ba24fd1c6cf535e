import { expect, test } from "bun:test"
import { link } from "../../files/tree.fixture.ts"
import { remedies } from "../../remedies.ts"
import { neighboursOf } from "../neighbours.ts"
import { model, request } from "../site.fixture.ts"

const OPEN = "DocumentRoot /srv/www\n<Directory /srv/www>\n  Require all granted\n</Directory>\n"

function does(configuration: string, target: string, entries: Parameters<typeof model>[2] = {}): readonly string[] {
  const of = model(configuration, {}, entries)
  const asked = request(target)
  return remedies(of, asked, neighboursOf(of, asked)).map((it) => it.does)
}

test("an index that is there is named, before one is made up or the directory is listed", () => {
  expect(does(`${OPEN}DirectoryIndex main.html\n`, "/admin/")).toEqual([
    'Name index.html, which is there, in "DirectoryIndex main.html"',
    "Put a file at /srv/www/admin/main.html",
    "Grant Indexes in <Directory /srv/www>",
  ])
})

test("an index for a link to a directory is made in the directory", () => {
  const opened = OPEN.replace("  Require", "  Options FollowSymLinks\n  Require")
  expect(does(opened, "/other/", { "/srv/www/other": link("empty") })).toContain(
    "Put a file at /srv/www/empty/index.html",
  )
})

test("a line in a group is not taken out, as httpd does not start with an empty group", () => {
  const found = does(
    `${OPEN}<Directory /srv/www>\n<RequireAny>\nRequire ip 10.0.0.1\n</RequireAny>\n</Directory>\n`,
    "/a.html",
  )
  expect(found.length).toBeGreaterThan(0)
  expect(found.join()).not.toMatch(/^Take|,Take/)
})

test("a requirement for some methods is taken out where an exception would pass other rules", () => {
  const closed = "<Directory /srv/www/admin>\n  Require ip 10.0.0.1\n</Directory>\n"
  const limited = "<Location />\n  <Limit GET>\n    Require ip 10.0.0.2\n  </Limit>\n</Location>\n"
  expect(does(`${OPEN}${closed}${limited}`, "/a.html")[0]).toBe('Take "Require ip 10.0.0.2" out')
})

test("whom a line of .htaccess lets in is told for every path links make to it", () => {
  const opened = OPEN.replace("  Require", "  AllowOverride All\n  Options FollowSymLinks\n  Require")
  const denied = "Require all denied\n"
  const texts = { "/srv/www/admin/.htaccess": denied, "/srv/www/other/.htaccess": denied }
  const of = model(opened, texts, { "/srv/www/other": link("admin") })
  const asked = request("/other/index.html")
  const byPath = { name: "by its own path", request: request("/admin/index.html") }
  expect(remedies(of, asked, [byPath])[0]?.admits).toEqual(["by its own path"])
})

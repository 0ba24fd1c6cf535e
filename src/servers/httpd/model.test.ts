import { expect, test } from "bun:test"
import { directory, file, link } from "../files/tree.fixture.ts"
import type { ExplainedRefusal } from "../judgement.ts"
import { explainHttpd } from "./explain.ts"
import type { HttpdModel } from "./model.ts"
import { model, request } from "./site.fixture.ts"

const DENIED = "<Directory />\n  Require all denied\n</Directory>\n"
const ROOT = "DocumentRoot /srv/www\n"
const OPEN = `${ROOT}<Directory /srv/www>\n  AllowOverride All\n  Require all granted\n</Directory>\n`

function explained(of: HttpdModel, target: string): ExplainedRefusal {
  const asked = request(target)
  const judged = of.judge(asked)
  if (judged.kind !== "refuses") throw new Error(`${target} is not refused but ${judged.kind}`)
  return explainHttpd(of, asked, judged)
}

const doings = ({ remedies }: ExplainedRefusal): readonly string[] => remedies.map((it) => it.does)
const quotes = ({ evidence }: ExplainedRefusal): readonly string[] => evidence.map((it) => `${it.at.line}: ${it.quote}`)

test("a refusal names its line, its section, and the section that was replaced", () => {
  const verdict = explained(model(`${OPEN}<Location /admin>\n  Require ip 10.0.0.0/8\n</Location>\n`), "/admin/")
  expect(verdict).toMatchObject({ code: "apache/require-denied", status: 403, isLogged: true })
  expect(quotes(verdict)).toEqual(["7: Require ip 10.0.0.0/8", "6: <Location /admin>", "2: <Directory /srv/www>"])
  expect(verdict.evidence[0].says).toBe('client.address: "192.0.2.7" is not in 10.0.0.0/8')
  expect(doings(verdict)).toContain('Add 192.0.2.7 to "Require ip 10.0.0.0/8"')
  expect(verdict.remedies[0]?.admits).not.toContain("from 203.0.113.9")
})

test("a site nobody granted is granted by itself, and the whole file system is left alone", () => {
  const verdict = explained(model(DENIED + ROOT), "/a.html")
  expect(doings(verdict)).toEqual(["Let 192.0.2.7 into /srv/www", "Let everyone into /srv/www"])
  expect(verdict.remedies[1]?.written).toEqual(['<Directory "/srv/www">', "    Require all granted", "</Directory>"])
  expect(verdict.remedies[0]?.admits.length).toBeLessThan(verdict.remedies[1]?.admits.length ?? 0)
})

test("an old block that allows gets the line that counts", () => {
  const text = `${DENIED}${ROOT}<Directory /srv/www>\n  Order allow,deny\n  Allow from all\n</Directory>\n`
  const verdict = explained(model(text), "/a.html")
  expect(verdict.code).toBe("apache/compat-allow-does-not-override-require")
  expect(doings(verdict)).toContain("Let everyone in by <Directory /srv/www>")
})

test("a directory is opened to the worker alone before it is to everyone", () => {
  const verdict = explained(model(OPEN, {}, { "/srv/www": directory(0o700, 1000, 1000) }), "/a.html")
  expect(verdict.code).toBe("apache/htaccess-unreadable")
  expect(verdict.remedies.map((it) => it.written)).toEqual([["setfacl -m u:33:--x /srv/www"], ["chmod o+x /srv/www"]])
  expect(verdict.held).toContain("every directory down to /srv may be searched")
})

test("two things wrong are mended together", () => {
  const text = `${OPEN}<Files a.html>\n  Require ip 10.0.0.1\n</Files>\n`
  const verdict = explained(model(text, {}, { "/srv/www/a.html": file(0o600) }), "/a.html")
  expect(verdict.remedies[0]?.patches.map((it) => it.kind)).toEqual(["text", "acl"])
})

test("only the option that lacks is added, where it lacks", () => {
  const text = OPEN.replace("  Require", "  Options None\n  Require")
  const verdict = explained(model(text, {}, { "/srv/www/l.html": link("a.html") }), "/l.html")
  expect(quotes(verdict)[0]).toBe("4: Options None")
  expect(doings(verdict)).toContain("Grant SymLinksIfOwnerMatch in <Directory /srv/www>")
  const listing = explained(model(OPEN), "/empty/")
  expect(doings(listing).toSorted()).toEqual([
    "Grant Indexes in <Directory /srv/www>",
    "Put a file at /srv/www/empty/index.html",
  ])
})

test("a silent rule is found with the conditions that made it hold", () => {
  const rules = "RewriteEngine On\nRewriteCond %{REMOTE_ADDR} ^192\\.\nRewriteRule \\.html$ - [F]\n"
  const verdict = explained(model(OPEN, { "/srv/www/.htaccess": rules }), "/a.html")
  expect(verdict.isLogged).toBe(false)
  expect(quotes(verdict).slice(0, 2)).toEqual([
    "3: RewriteRule \\.html$ - [F]",
    "2: RewriteCond %{REMOTE_ADDR} ^192\\.",
  ])
  expect(doings(verdict)).toContain('Spare this path from "RewriteRule \\.html$ - [F]"')
})

test("every remedy lets the request through when it is applied", () => {
  const broken = [
    model(DENIED + ROOT),
    model(`${OPEN}<Location />\n  Order deny,allow\n  Deny from all\n</Location>\n`),
    model(OPEN, { "/srv/www/.htaccess": "Require not-known x\nOrder allow,deny\n" }),
    model(`${OPEN}RedirectMatch 403 \\.html$\n`),
  ]
  const asked = request("/a.html")
  for (const it of broken) {
    const judged = it.judge(asked)
    if (judged.kind !== "refuses") continue
    for (const { patches } of explainHttpd(it, asked, judged).remedies)
      expect(it.patched(patches)?.judge(asked)).toMatchObject({ kind: "answers", status: 200 })
  }
})

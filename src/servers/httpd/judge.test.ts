import { expect, test } from "bun:test"
import fc from "fast-check"
import { directory, file, link } from "../files/tree.fixture.ts"
import { model, outcome, request } from "./site.fixture.ts"

const ROOT = "DocumentRoot /srv/www\n"
const OPEN = `${ROOT}<Directory /srv/www>\n  Require all granted\n</Directory>\n`
const ASKS = `${ROOT}<Directory /srv/www>\n  AllowOverride All\n  Require all granted\n</Directory>\n`

test("a file that anyone may read is answered", () => {
  expect(outcome(model(OPEN), request("/a.html"))).toBe("200 file")
  expect(outcome(model(OPEN), request("/"))).toBe("200 file")
  expect(outcome(model(OPEN), request("/missing"))).toBe("404 apache/not-found")
})

test("a directory nobody granted is told apart from one that is denied", () => {
  const denied = "<Directory />\n  Require all denied\n</Directory>\n"
  expect(outcome(model(denied + ROOT), request("/a.html"))).toBe("403 apache/docroot-outside-granted-tree")
  const touched = `${denied}${ROOT}<Directory /srv/www>\n  Options Indexes\n</Directory>\n`
  expect(outcome(model(touched), request("/a.html"))).toBe("403 apache/missing-require-granted")
  const old = `${denied}${ROOT}<Directory /srv/www>\n  Order allow,deny\n  Allow from all\n</Directory>\n`
  expect(outcome(model(old), request("/a.html"))).toBe("403 apache/compat-allow-does-not-override-require")
  const meant = `${OPEN}<Location /admin>\n  Require all denied\n</Location>\n`
  expect(outcome(model(meant), request("/admin/"))).toBe("403 apache/require-denied")
  expect(outcome(model(meant), request("/a.html"))).toBe("200 file")
})

test("the first directory that may not be searched ends the way there", () => {
  const closed = { "/srv/www": directory(0o700, 1000, 1000) }
  expect(outcome(model(OPEN, {}, closed), request("/a.html"))).toBe("403 apache/path-not-searchable")
  expect(outcome(model(ASKS, {}, closed), request("/a.html"))).toBe("403 apache/htaccess-unreadable")
  expect(outcome(model(OPEN, {}, { "/srv/www/a.html": file(0o600) }), request("/a.html"))).toBe(
    "403 apache/file-unreadable",
  )
})

test("a link is followed where Options let it", () => {
  const entries = { "/srv/www/l.html": link("a.html", 1000) }
  const asking = (options: string) =>
    outcome(model(OPEN.replace("  Require", `  Options ${options}\n  Require`), {}, entries), request("/l.html"))
  expect(asking("FollowSymLinks")).toBe("200 file")
  expect(asking("None")).toBe("403 apache/symlink")
  expect(asking("SymLinksIfOwnerMatch")).toBe("403 apache/symlink")
})

test("a directory without an index is listed only for those who read, and only where Options let it", () => {
  expect(outcome(model(OPEN), request("/empty/"))).toBe("403 apache/no-index")
  expect(outcome(model(OPEN), request("/empty/", { method: "POST" }))).toBe("404 apache/not-found")
  expect(outcome(model(OPEN.replace("  Require", "  Options Indexes\n  Require")), request("/empty/"))).toBe(
    "200 listing",
  )
  expect(outcome(model(OPEN), request("/empty"))).toBe("301 redirect")
})

test("rules of .htaccess refuse silently, and need a link option", () => {
  const rules = {
    "/srv/www/.htaccess": 'RewriteEngine On\nRewriteCond %{HTTP_USER_AGENT} "^$|curl" [NC]\nRewriteRule ^ - [F]\n',
  }
  const agent = {
    headers: [
      ["Host", "www.test"],
      ["User-Agent", "CURL/8"],
    ],
  } as const
  const judged = model(ASKS, rules).judge(request("/a.html", agent))
  expect(judged.kind === "refuses" && judged.denial.cause.code).toBe("apache/rewrite-forbidden")
  expect(judged.kind === "refuses" && judged.isLogged).toBe(false)
  expect(outcome(model(ASKS, rules), request("/a.html", { headers: [["User-Agent", "Mozilla"]] }))).toBe("200 file")
  const plain = ASKS.replace("  Require", "  Options None\n  Require")
  expect(outcome(model(plain, rules), request("/a.html"))).toBe("403 apache/rewrite-needs-followsymlinks")
})

test("what .htaccess may not say ends the request, and what nobody reads does not", () => {
  const texts = { "/srv/www/.htaccess": "Options Indexes\n" }
  expect(outcome(model(ASKS, texts), request("/a.html"))).toBe("200 file")
  expect(outcome(model(ASKS.replace("Override All", "Override AuthConfig"), texts), request("/a.html"))).toBe(
    "500 apache/htaccess-invalid",
  )
  expect(outcome(model(OPEN.replace("  Require", "  AllowOverride None\n  Require"), texts), request("/a.html"))).toBe(
    "200 file",
  )
})

test("a .htaccess whose text was not given leaves the matter open", () => {
  const given = model(ASKS, {}, { "/srv/www/.htaccess": file(0o644) })
  expect(outcome(given, request("/a.html"))).toBe("unknown: the text of /srv/www/.htaccess")
})

test("a directive outside the model leaves the matter open where it is in force, and nowhere else", () => {
  const given = model(`${OPEN}<Location /admin>\n  SSLRequire %{SSL_CIPHER} eq "x"\n</Location>\n`)
  expect(outcome(given, request("/admin/"))).toStartWith('unknown: what "SSLRequire')
  expect(outcome(given, request("/a.html"))).toBe("200 file")
})

test("what acts only after access leaves a refusal as it is", () => {
  const given = model(`${OPEN}FallbackResource /index.php\n<Location /admin>\n  Require all denied\n</Location>\n`)
  expect(outcome(given, request("/admin/x"))).toBe("403 apache/require-denied")
  expect(outcome(given, request("/a.html"))).toBe("200 file")
  expect(outcome(given, request("/missing"))).toStartWith('unknown: what "FallbackResource')
})

test("credentials are asked for only where a user could change the matter", () => {
  const basic = "AuthType Basic\nAuthName x\nAuthUserFile /srv/users\n"
  const texts = { "/srv/users": "ann:{SHA}qUqP5cyxm6YcTAhz05Hph5gvu9M=\nbob:$apr1$x$y\n" }
  const asking = (lines: string, authorization?: string) =>
    outcome(
      model(`${OPEN}<Location /admin>\n${basic}${lines}\n</Location>\n`, texts),
      request(
        "/admin/",
        authorization === undefined ? {} : { headers: [["Authorization", `Basic ${btoa(authorization)}`]] },
      ),
    )
  expect(asking("Require valid-user")).toBe("401 apache/credentials-needed")
  expect(asking("Require valid-user", "ann:test")).toBe("200 file")
  expect(asking("Require valid-user", "ann:other")).toBe("401 apache/credentials-wrong")
  expect(asking("Require valid-user", "eve:test")).toBe("401 apache/credentials-wrong")
  expect(asking("Require valid-user", "bob:test")).toBe("unknown: whether the password is right")
  expect(asking("Require user carl", "ann:test")).toBe("401 apache/authz-user")
  expect(asking("<RequireAll>\nRequire valid-user\nRequire all denied\n</RequireAll>")).toBe(
    "403 apache/require-denied",
  )
  expect(asking("<RequireAll>\nRequire all granted\nRequire not user bob\n</RequireAll>")).toBe("200 file")
})

test("the client's address is the one a trusted proxy vouches for", () => {
  const text = `${ROOT}RemoteIPHeader X-Forwarded-For\nRemoteIPInternalProxy 192.0.2.0/24\n<Directory /srv/www>\n  Require ip 10.1.2.3\n</Directory>\n`
  const through = (field: string, client = "192.0.2.7") =>
    outcome(model(text), request("/a.html", { client, headers: [["X-Forwarded-For", field]] }))
  expect(through("10.1.2.3")).toBe("200 file")
  expect(through("10.9.9.9")).toBe("403 apache/require-denied")
  expect(through("10.1.2.3", "198.51.100.1")).toBe("403 apache/require-denied")
})

test("a script-aliased path needs no ExecCGI, whatever sets its handler", () => {
  const entries = { "/srv/cgi": directory(0o755), "/srv/cgi/run": file(0o755), "/srv/www/run.cgi": file(0o755) }
  const granted = "<Directory /srv/cgi>\n  Require all granted\n</Directory>\n"
  const asking = (lines: string, target: string) =>
    outcome(model(`${OPEN}${granted}${lines}`, {}, entries), request(target))
  const aliased = "ScriptAlias /cgi/ /srv/cgi/\n"
  const program = "relays to the program /srv/cgi/run"
  expect(asking(aliased, "/cgi/run")).toBe(program)
  for (const section of ["<Directory /srv/cgi>", "<Location /cgi>", "<Files run>"]) {
    const handled = `${section}\n  SetHandler cgi-script\n</${section.slice(1).split(" ")[0]}>\n`
    expect(asking(aliased + handled, "/cgi/run")).toBe(program)
    // Without the alias the same handler needs the option.
    expect(asking(`Alias /cgi/ /srv/cgi/\n${handled}`, "/cgi/run")).toBe("403 apache/cgi")
  }
  expect(asking(`${aliased}<Location />\n  SetHandler cgi-script\n</Location>\n`, "/run.cgi")).toBe("403 apache/cgi")
  const index = "<Directory /srv/www/empty>\n  DirectoryIndex /cgi/run\n</Directory>\n"
  expect(asking(aliased + index, "/empty/")).toBe(program)
})

test("a body too large for an error page leaves the first error as it is, unless nobody reads it for the page", () => {
  const entries = { "/srv/www/shut": directory(0o755), "/srv/www/shut/p.html": file(0o644) }
  const body = { method: "POST", headers: [["Content-Length", "20"]] } as const
  const refused = (line: string) => {
    const closed = `<Location /admin>\n  Require all denied\n  LimitRequestBody 10\n  ${line}\n</Location>\n`
    const shut = "<Directory /srv/www/shut>\n  Require all denied\n</Directory>\n"
    return outcome(model(OPEN + shut + closed, {}, entries), request("/admin/", body))
  }
  const denied = "403 apache/require-denied"
  const tooLarge = "413 apache/body-too-large"
  expect(refused("")).toBe(tooLarge)
  expect(refused('ErrorDocument 403 "no"')).toBe(tooLarge)
  expect(refused("ErrorDocument 403 /a.html")).toBe(denied)
  expect(refused("ErrorDocument 403 /missing")).toBe(denied)
  expect(refused("ErrorDocument 403 /shut/p.html")).toBe(tooLarge)
  expect(refused("ErrorDocument 403 /empty/")).toBe(tooLarge)
})

test("a rule's status for an error page is told in place of the first, but not that for the page's index, nor one with too large a body", () => {
  const rules = "RewriteEngine On\nRewriteRule ^/gone - [G]\nRewriteRule ^/index - [G]\n"
  const refused = (page: string, lines = "", length = "0") => {
    const closed = `<Location /admin>\n  Require all denied\n  LimitRequestBody 10\n  ErrorDocument 403 ${page}\n</Location>\n`
    const asked = request("/admin/", { method: "POST", headers: [["Content-Length", length]] })
    return outcome(model(OPEN + rules + closed + lines), asked)
  }
  expect(refused("/gone")).toBe("410 apache/require-denied")
  expect(refused("/gone", "", "20")).toBe("410 apache/require-denied")
  expect(refused("/gone", "LimitRequestBody 10\n", "20")).toBe("403 apache/require-denied")
  expect(refused("/")).toBe("403 apache/require-denied")
  expect(refused("/", "", "20")).toBe("413 apache/body-too-large")
})

test("what is passed on is decided elsewhere", () => {
  expect(outcome(model(`${OPEN}ProxyPass /api http://127.0.0.1:3000/\n`), request("/api/x"))).toBe(
    "relays to http://127.0.0.1:3000//x",
  )
})

test("a rule in a circle ends", () => {
  const texts = { "/srv/www/.htaccess": "RewriteEngine On\nRewriteRule ^(.*)$ x/$1\n" }
  expect(outcome(model(ASKS, texts), request("/a.html"))).toStartWith("unknown: where the rules lead")
})

test("nothing a request holds makes the judge throw", () => {
  const given = model(ASKS, { "/srv/www/.htaccess": "RewriteEngine On\nRewriteRule ^(a+)+$ - [F]\n" })
  for (const target of ["", "*", "/%", "/%00", "/%zz", "//", "/..", `/${"a".repeat(9000)}`, "/\u0000", "http://x", "?"])
    expect(typeof outcome(given, request(target))).toBe("string")
})

const LINES = [
  "Require all granted",
  "Require not ip 10",
  "Require expr %{REQUEST_URI} =~ m#(a|b)+#",
  "<RequireAll>",
  "</RequireAll>",
  "<RequireNone>",
  "</RequireNone>",
  "Require valid-user",
  "AuthType Basic",
  "Order allow,deny",
  "Deny from env=x",
  "Allow from all",
  "Satisfy Any",
  "<Limit GET>",
  "</Limit>",
  '<Files "*">',
  "</Files>",
  "<If \"%{HTTP_HOST} == 'x'\">",
  "<Else>",
  "</If>",
  "</Else>",
  "RewriteEngine On",
  "RewriteCond %{X:y} (",
  "RewriteRule (.*) $1%1 [N,E=a:$1]",
  "RewriteRule ^ - [F]",
  "RewriteRule ^a http://b/ [R=999]",
  "Redirect 403",
  "RedirectMatch 403 [",
  "ErrorDocument 403 /b",
  "Options +Indexes",
  "AllowOverride All",
  "<Directory /srv>",
  "</Directory>",
  "<Location />",
  "</Location>",
  "DirectoryIndex / . ..",
  "SetEnvIf a ( b",
  "LimitRequestBody x",
  "ProxyPass / !",
  "ServerAlias *",
  "<VirtualHost *>",
  "</VirtualHost>",
  "Nonsense \u0000",
]

test("no configuration makes the judge throw, whatever is asked", () => {
  const lines = fc.array(fc.oneof(fc.constantFrom(...LINES), fc.string({ maxLength: 12 })), { maxLength: 30 })
  const target = fc.oneof(fc.constantFrom("/", "/a.html", "/admin/", "/empty", "/%41"), fc.string({ maxLength: 10 }))
  fc.assert(
    fc.property(lines, lines, target, fc.constantFrom("GET", "POST", "TRACE", "X"), (main, inner, path, method) => {
      const given = model(`${ROOT}${main.join("\n")}\n`, { "/srv/www/.htaccess": inner.join("\n") })
      expect(typeof outcome(given, request(path, { method }))).toBe("string")
    }),
    { numRuns: 1000 },
  )
})

test("a pattern with fewer slashes in its text is met before one with more, wherever it is written", () => {
  const asks = '<DirectoryMatch "/(www|other)(/|$)">\n  AuthMerging And\n  Require all denied\n</DirectoryMatch>\n'
  const opens = '<Directory ~ "secret">\n  Require all granted\n</Directory>\n'
  const entries = { "/srv/www/secret.html": file(0o644) }
  for (const written of [asks + opens, opens + asks])
    expect(outcome(model(OPEN + written, {}, entries), request("/secret.html"))).toStartWith("403")
})

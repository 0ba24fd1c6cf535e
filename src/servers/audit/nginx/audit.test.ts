import { describe, expect, test } from "bun:test"
import { applyText } from "../../apply-text.ts"
import { directory, file, reader, treeOf } from "../../files/tree.fixture.ts"
import { auditNginx } from "./audit.ts"
import type { NginxFindingName } from "./site.ts"

const worker = reader(33, 33)
const tree = treeOf({
  "/srv": directory(0o755),
  "/srv/www": directory(0o755),
  "/srv/www/index.html": file(0o644),
  "/srv/www/img": directory(0o755),
  "/srv/www/docs": directory(0o755),
  "/srv/www/docs/index.html": file(0o644),
})
const audit = (text: string, more: readonly { readonly file: string; readonly text: string }[] = []) =>
  auditNginx({
    texts: [{ file: "/etc/nginx/nginx.conf", text }, ...more],
    reading: { main: "/etc/nginx/nginx.conf", isComplete: true },
    tree,
    reader: worker,
  })
const http = (...lines: readonly string[]): string => `events {}\nhttp {\n${lines.join("\n")}\n}\n`
const server = (...lines: readonly string[]): string =>
  http("server {", "listen 80;", "server_name a.example;", "root /srv/www;", ...lines, "}")

/** Names, quoted lines and whether a change was tried and helps. */
const found = (text: string) =>
  audit(text).findings.map(({ change, name, quote }) => [name, quote.trim(), change?.isVerified ?? false])

describe("an audit of nginx", () => {
  test("finds nothing where there is nothing", () => {
    const text = server(
      "allow 10.0.0.0/8; deny all;",
      "location / { try_files $uri /index.html; }",
      "location /img/ { alias /srv/www/img/; }",
      "location = /health { allow 127.0.0.1; deny all; return 403; }",
      "location /up { limit_except GET { deny all; } }",
      "error_page 404 /404.html;",
    )
    expect(found(text).filter(([name]) => name !== "nginx/rules-replaced")).toEqual([])
  })

  const faults: readonly (readonly [NginxFindingName, string, string, boolean])[] = [
    ["nginx/rule-shadowed", "deny all;\nallow 192.0.2.1;", "allow 192.0.2.1;", true],
    ["nginx/rule-shadowed", "deny 10.0.0.0/8;\nallow 10.1.0.0/16;", "allow 10.1.0.0/16;", true],
    [
      "nginx/rule-shadowed",
      "deny 2001:db8::/33;\ndeny 2001:db8:8000::/33;\nallow 2001:db8::/32;",
      "allow 2001:db8::/32;",
      true,
    ],
    ["nginx/rules-refuse-nobody", "allow 10.0.0.0/8;", "allow 10.0.0.0/8;", true],
    ["nginx/rules-replaced", "deny 192.0.2.0/24;\nlocation /a {\ndeny 10.0.0.1;\n}", "deny 10.0.0.1;", true],
    [
      "nginx/limit-except-refuses-nothing",
      "location / {\nlimit_except GET {\nallow 10.0.0.0/8;\n}\n}",
      "limit_except GET {",
      true,
    ],
    ["nginx/dead-after-return", "location /a {\nreturn 404;\nrewrite ^ /b;\n}", "rewrite ^ /b;", true],
    ["nginx/access-after-return", 'location /a {\ndeny all;\nreturn 200 "x";\n}', "deny all;", false],
    [
      "nginx/location-after-return",
      "location /a { }\nreturn 301 https://a.example$request_uri;",
      "location /a { }",
      true,
    ],
    ["nginx/alias-traversal", "location /img {\nalias /srv/www/img/;\n}", "location /img {", true],
    ["nginx/alias-without-slash", "location /img/ {\nalias /srv/www/img;\n}", "alias /srv/www/img;", true],
    ["nginx/autoindex", "autoindex on;", "autoindex on;", true],
    [
      "nginx/location-shadowed",
      "location ~ \\.php$ { }\nlocation ~ \\.php$ { deny all; }",
      "location ~ \\.php$ { deny all; }",
      false,
    ],
    ["nginx/location-shadowed", "location ~* x { }\nlocation ~ x { }", "location ~ x { }", false],
    [
      "nginx/try-files-directory",
      "location / {\ntry_files $uri $uri/ /index.html;\n}",
      "try_files $uri $uri/ /index.html;",
      true,
    ],
    ["nginx/root-missing", "location / {\nroot /srv/none;\n}", "root /srv/none;", false],
    ["nginx/error-page-refused", "deny 192.0.2.0/24;\nerror_page 403 /no.html;", "error_page 403 /no.html;", true],
    ["nginx/not-read", "location / {\nallow 10.0.0.0/8\n}", "", false],
  ]
  test.each(faults)("%s: %s", (name, lines, quote, isVerified) => {
    const all = found(server(lines))
    if (quote === "") expect(all.map(([it]) => it)).toContain(name)
    else expect(all).toContainEqual([name, quote, isVerified])
  })

  test.each(faults.filter(([, , , isVerified]) => isVerified))(
    "%s is gone with its patches applied, and nothing else is there: %s",
    (name, lines) => {
      const text = server(lines)
      const before = audit(text).findings
      const patches = before.find((it) => it.name === name)?.change?.patches ?? []
      expect(patches.length).toBeGreaterThan(0)
      let after: string | undefined = text
      for (const it of patches) after = after === undefined || it.kind !== "text" ? undefined : applyText(after, it)
      const left = audit(after ?? "").findings
      const serious = (of: typeof left) => of.filter((it) => it.severity !== "note").length
      expect(left.filter((it) => it.name === name)).toHaveLength(before.filter((it) => it.name === name).length - 1)
      expect(serious(left)).toBe(serious(before) - 1)
    },
  )

  test("tells two servers of one name apart by where they listen", () => {
    const two = (port: string) =>
      http(
        "server { listen 80; server_name a b; return 404; }",
        `server { listen ${port}; server_name b c; return 404; }`,
      )
    expect(found(two("81"))).toEqual([])
    expect(found(two("80"))).toEqual([
      ["nginx/server-name-duplicate", "server { listen 80; server_name b c; return 404; }", true],
    ])
  })

  test("takes files for configuration that the main file leads to, and no others beside it", () => {
    const beside = { file: "/etc/nginx/sites-available/off", text: "server { listen 80; deny all; allow all; }" }
    const main = http("include conf.d/*.conf;")
    expect(audit(main, [beside]).findings).toEqual([])
    const included = { ...beside, file: "/etc/nginx/conf.d/on.conf" }
    expect(audit(main, [included]).findings.map((it) => [it.name, it.at.file])).toEqual([
      ["nginx/rule-shadowed", "/etc/nginx/conf.d/on.conf"],
    ])
  })

  test("reads the answer of nginx -T, and names the files in it", () => {
    const text =
      "# configuration file /etc/nginx/nginx.conf:\nhttp { include a; }\n\n# configuration file /etc/nginx/a:\nserver {\ndeny all; allow all;\n}\n"
    expect(audit(text).findings.map((it) => [it.name, it.at.file, it.at.line])).toEqual([
      ["nginx/rule-shadowed", "/etc/nginx/a", 2],
    ])
  })

  test("says of a list that opens what is around it whom it lets in, and weighs what is meant less", () => {
    const replaced = (rules: string) =>
      audit(server("deny 192.0.2.0/24;", "allow all;", `location /a { ${rules} }`)).findings.find(
        (it) => it.name === "nginx/rules-replaced",
      )
    expect(replaced("allow all;")).toMatchObject({ severity: "note", effect: expect.stringContaining("192.0.2.1") })
    expect(replaced("deny 10.0.0.1;")).toMatchObject({ severity: "warning" })
    expect(replaced("deny all;")).toBeUndefined()
  })

  test("leaves out a redirect that is not asked for, and what stands in an `if`", () => {
    expect(found(server("location /a { if ($arg_x) { return 403; } deny all; }"))).toEqual([])
  })

  test("takes a list that only allows for what it is beside a password that others are asked for", () => {
    const lines = ["allow 10.0.0.0/8;", "auth_basic x;", "auth_basic_user_file /srv/none;"]
    expect(found(server("satisfy any;", ...lines))).toEqual([])
    expect(found(server("satisfy any;", "location /a {", "deny 10.0.0.1;", "satisfy all;", ...lines, "}"))).toEqual([])
    expect(found(server(...lines)).map(([name]) => name)).toEqual(["nginx/rules-refuse-nobody"])
  })

  test("takes a list of ten thousand lines", () => {
    const many = Array.from({ length: 10_000 }, (_, at) => `deny 10.${at >> 8}.${at & 255}.0/24;`)
    const { findings } = audit(server(...many, "deny 10.1.0.0/16;"))
    expect(findings.map((it) => it.quote)).toContain("deny 10.1.0.0/16;")
  })

  test("reads anything without failing", () => {
    for (const text of [
      "",
      "}",
      "http { server {",
      "http { server { location { alias; } } }",
      "\0",
      "allow",
      "http{server{location /a{alias /b/;}}}",
    ])
      expect(Array.isArray(audit(text).findings)).toBe(true)
  })
})

import { describe, expect, test } from "bun:test"
import { asked, configured, machineWith, short } from "./any-request.fixture.ts"
import { readNginx } from "./configuration.ts"
import { followNginx, judgeNginx } from "./judge.ts"

const site = machineWith({
  "/srv/": 0o755,
  "/srv/index.html": 0o644,
  "/srv/a.txt": 0o644,
  "/srv/secret.txt": 0o600,
  "/srv/closed/": 0o700,
  "/srv/closed/a.txt": 0o644,
  "/srv/empty/": 0o755,
})
const server = (lines: string) => configured(`http { server { listen 80; server_name a.test; root /srv; ${lines} } }`)
const judged = (lines: string, target: string, but: Parameters<typeof asked>[1] = {}) =>
  short(server(lines), site, asked(target, but))

describe("a request to nginx", () => {
  test("is refused by the line that refuses it", () => {
    expect(judged("location / { allow 10.0.0.0/8; deny all; }", "/a.txt")).toBe(
      "403 nginx/deny-rule http.server[0].location[0].deny[0]",
    )
    expect(judged("location / { allow 10.0.0.0/8; deny all; }", "/a.txt", { client: "10.1.2.3" })).toBe("200 file")
    expect(judged("deny 192.0.2.0/24; location / { allow 198.51.100.1; }", "/a.txt")).toBe("200 file")
  })

  test("meets what the rewrite module says before any address is looked at", () => {
    expect(judged("deny all; location / { return 200; }", "/")).toBe("200 return")
    expect(judged("deny all; if ($request_method = GET) { return 403; }", "/")).toBe(
      "403 nginx/return-403 http.server[0].if[0]",
    )
  })

  test("finds its location as nginx does", () => {
    const lines =
      "location / { return 201; } location ^~ /img { return 202; } location ~ \\.txt$ { return 203; location ~ ^/a { return 205; } } location = /a.txt { return 206; }"
    expect(judged(lines, "/x")).toBe("201 return")
    expect(judged(lines, "/img/a.txt")).toBe("202 return")
    expect(judged(lines, "/b.txt")).toBe("203 return")
    expect(judged(lines, "/abc.txt")).toBe("205 return")
    expect(judged(lines, "/./%61.txt")).toBe("206 return")
  })

  test("is redirected to the slash where either location of that name relays", () => {
    const relaying = "location /api/ { proxy_pass http://api; }"
    expect(judged(relaying, "/api")).toBe("301 redirect")
    expect(judged(`location = /api/ { deny all; } ${relaying}`, "/api")).toBe("301 redirect")
    expect(judged(`location = /api { return 204; } ${relaying}`, "/api")).toBe("204 return")
    expect(judged(`location = /api/ { internal; } ${relaying}`, "/api")).toStartWith("404 nginx/not-found")
  })

  test("that two conditions fit is relayed as the last of them says, which may be nowhere", () => {
    const first = "if ($request_method = GET) { proxy_pass http://one; }"
    expect(judged(`location / { ${first} }`, "/")).toBe("relays to http://one")
    expect(judged(`location / { ${first} if ($host) { set $x 1; } }`, "/")).toStartWith("500 nginx/server-fault")
    expect(judged(`location / { proxy_pass http://all; if ($host) { set $x 1; } }`, "/")).toBe("relays to http://all")
    expect(judged(`location / { proxy_pass http://all; ${first} if ($host) { set $x 1; } }`, "/")).toBe(
      "relays to http://all",
    )
  })

  test("is stopped by the one directory or file that lacks a right", () => {
    expect(judged("", "/secret.txt")).toStartWith("403 fs/file-not-readable")
    expect(judged("", "/closed/a.txt")).toStartWith("403 fs/parent-dir-not-searchable")
    expect(judged("try_files $uri =404;", "/closed/a.txt")).toStartWith("404 nginx/not-found")
    expect(judged("", "/closed")).toStartWith("403 nginx/eacces")
  })

  test("for a directory needs an index or a list", () => {
    expect(judged("", "/empty/")).toStartWith("403 nginx/directory-without-index")
    expect(judged("autoindex on;", "/empty/")).toBe("200 listing")
    expect(judged("autoindex on;", "/empty/", { method: "POST" })).toStartWith("403 nginx/directory-without-index")
    expect(judged("try_files $uri $uri/ /index.html;", "/empty/")).toStartWith("403 nginx/try-files-dir-no-index")
    expect(judged("", "/empty")).toBe("301 redirect")
  })

  test("with another method is refused by limit_except, and its other rules do not count", () => {
    const lines = "location / { limit_except GET { deny all; } if ($http_x) { return 410; } }"
    expect(judged(lines, "/a.txt", { method: "PUT" })).toBe(
      "403 nginx/limit-except http.server[0].location[0].limit_except[0]",
    )
    expect(judged(lines, "/a.txt", { method: "HEAD" })).toBe("200 file")
    expect(
      judged(lines, "/a.txt", {
        method: "PUT",
        headers: [
          ["Host", "a.test"],
          ["X", "1"],
        ],
      }),
    ).toStartWith("403 nginx/limit-except")
  })

  test("has its error told by a page, and the first refusal stays the cause", () => {
    expect(judged("error_page 403 =200 /a.txt; location /x { deny all; }", "/x")).toBe(
      "200 nginx/deny-rule http.server[0].location[0].deny[0]",
    )
    expect(judged("error_page 403 /none; location /x { deny all; }", "/x")).toBe(
      "404 nginx/deny-rule http.server[0].location[0].deny[0]",
    )
    expect(judged("error_page 404 = @app; location @app { proxy_pass http://app; }", "/none")).toBe(
      "relays to http://app",
    )
    expect(
      judged("error_page 403 @app; location /x { deny all; } location @app { proxy_pass http://app; }", "/x"),
    ).toStartWith("403 nginx/deny-rule")
  })

  test("has slashes merged as the first server of the port says, whichever answers", () => {
    const two = (first: string, second: string) =>
      configured(
        `http { server { listen 80; ${first} } server { listen 80; server_name a.test; ${second} location = /x { return 204; } location / { return 205; } } }`,
      )
    expect(short(two("", "merge_slashes off;"), site, asked("//x"))).toBe("204 return")
    expect(short(two("merge_slashes off;", ""), site, asked("//x"))).toBe("205 return")
  })

  test("that is let in by either is refused only where both refuse, and asked for a password first", () => {
    const lines = 'satisfy any; deny all; auth_basic "r"; auth_basic_user_file /srv/none;'
    expect(judged(lines, "/a.txt")).toStartWith("401 nginx/unauthorized")
    const known = judgeNginx(server(lines), site, asked("/a.txt"))
    expect(known.kind === "refuses" && known.denial.evidence.map((it) => it.fact.name)).toEqual([
      "request.user",
      "client.address",
    ])
    const ann = {
      headers: [
        ["Host", "a.test"],
        ["Authorization", "Basic YW5uOng="],
      ],
    } as const
    expect(judged(lines, "/a.txt", ann)).toStartWith("403 nginx/deny-rule")
    expect(judged(lines.replace("satisfy any; deny all;", ""), "/a.txt", ann)).toStartWith(
      "403 nginx/auth-basic-file-missing",
    )
  })

  test("is not guessed about where something decisive is not modelled or was not given", () => {
    expect(judged("location / { access_by_lua_block { ngx.exit(403) } }", "/")).toBe(
      "unknown what `access_by_lua_block` decides",
    )
    expect(judged("location / { access_by_lua_block { x() } return 403; }", "/")).toStartWith("403 nginx/return-403")
    expect(judged("modsecurity on; location / { return 403; }", "/")).toBe("unknown what `modsecurity` decides")
    expect(judged("include snippets/deny.conf;", "/")).toBe("unknown `snippets/deny.conf`, which is included here")
    expect(judged("include fastcgi_params;", "/a.txt")).toBe("200 file")
    expect(judged("limit_req zone=z; limit_req_status 403;", "/a.txt")).toMatch(/^unknown how many requests/)
    expect(judged("location / { auth_request /auth; } location = /auth { proxy_pass http://auth; }", "/a.txt")).toMatch(
      /^unknown what http:\/\/auth answers/,
    )
    expect(judged("if ($geoip_country_code = XX) { return 403; }", "/")).toBe(
      "unknown the value of $geoip_country_code",
    )
    expect(judged("location ~ (?>a) { deny all; }", "/a.txt")).toMatch(/^unknown whether the pattern/)
    expect(short(configured("http { server { listen 81; } }"), site, asked("/"))).toMatch(
      /^unknown a server that listens on port 80/,
    )
  })

  test("is judged by a condition that was true when it was met, whatever was set since", () => {
    expect(judged("set $v 1; if ($v) { set $v 0; return 403; }", "/x")).toBe(
      "403 nginx/return-403 http.server[0].if[0].return[0]",
    )
  })

  test("is judged in the same way however often it is asked", () => {
    const configuration = server("location / { deny 192.0.2.7; }")
    for (let times = 0; times < 3; times++)
      expect(short(configuration, site, asked("/a.txt"))).toStartWith("403 nginx/deny-rule")
  })

  test("with hostile variables, hosts and addresses is answered soon", () => {
    const made = (lines: string) =>
      configured(
        `http { ${lines} server { server_name *.a.test b.*; root /srv; if ($m0) { return 403; } location / { deny 10.0.0.1; } } }`,
      )
    const circle = made("map $m1 $m0 { default $m1; } map $m0 $m1 { default $m0; }")
    expect(short(circle, site, asked("/"))).toMatch(/^unknown the value of \$m/)
    const doubling = Array.from({ length: 60 }, (_, at) => `map $host $m${at} { default "$m${at + 1}$m${at + 1}"; }`)
    expect(short(made(`${doubling.join(" ")} map $host $m60 { default ab; }`), site, asked("/"))).toBe(
      "unknown a value that is very long",
    )
    const host = "a.".repeat(40_000)
    expect(short(made("map $host $m0 { hostnames; default 0; *.x.test 1; }"), site, asked("/a.txt", { host }))).toBe(
      "200 file",
    )
    for (const client of ["", "unix:", "::1%eth0", "999.1.1.1", "\u001b[2J"])
      expect(short(made("geo $m0 { default 0; }"), site, asked("/a.txt", { client }))).toMatch(
        /^200 file|^unknown the address/,
      )
  })

  test("that goes in a circle ends", () => {
    expect(judged("rewrite ^ /x last;\nlocation / { rewrite ^ /y last; }", "/")).toStartWith("500 nginx/server-fault")
    expect(judged("error_page 404 /none; recursive_error_pages on;", "/none")).toStartWith("500")
    expect(judged("index /empty/;", "/empty/")).toStartWith("500 nginx/server-fault")
  })
})

describe("a request that nginx asks another for by auth_request", () => {
  const posted = {
    method: "POST",
    headers: [
      ["Host", "a.test"],
      ["Content-Length", "2000"],
      ["X-Real-IP", "10.0.0.1"],
    ],
  } as const
  const asking = (auth: string, inside = "proxy_pass http://in;") =>
    judged(`location = /x { auth_request /auth; ${inside} } ${auth}`, "/x", posted)
  const IN = "relays to http://in"
  const FAILED = "500 nginx/server-fault http.server[0].location[0].auth_request[0]"

  test("has its body measured by the location of the other too, wherever error pages lead that one", () => {
    expect(asking("location = /auth { client_max_body_size 10; try_files /none =403; }")).toBe(FAILED)
    expect(asking("location = /auth { client_max_body_size 2k; try_files /none =403; }")).toBe(
      "403 nginx/auth-request-403 http.server[0].location[0].auth_request[0]",
    )
    const auth = "location = /auth { client_max_body_size 10; error_page 413 =200 /page; }"
    expect(asking(`${auth} location = /page { return 200; }`)).toBe(IN)
    expect(asking(`${auth} location = /page { client_max_body_size 10; return 200; }`)).toBe(FAILED)
  })

  test("has its body measured no more once it was read away", () => {
    const gate =
      "location = /x { client_max_body_size 10; auth_request /auth; try_files /none =402; } location = /auth { client_max_body_size 10; return 200; }"
    const from = (lines: string) =>
      judged(`location = /from { error_page 301 413 = /x; ${lines} } ${gate}`, "/from", posted)
    expect(from("return 301 http://b.test/;")).toBe("402 nginx/return http.server[0].location[1].try_files[0]")
    expect(from("rewrite ^ http://b.test/ permanent;")).toStartWith("413 nginx/body-too-large")
    expect(from("client_max_body_size 10;")).toBe(
      "402 nginx/body-too-large http.server[0].location[0].client_max_body_size[0]",
    )
  })

  test("fails for every answer but 2xx, 401 and 403, and is hung up on where the other is", () => {
    const answered = (lines: string) => asking(`location = /auth { ${lines} }`)
    for (const status of [200, 201, 204]) expect(answered(`return ${status};`)).toBe(IN)
    for (const status of [301, 302, 404, 410, 500, 503]) expect(answered(`return ${status};`)).toBe(FAILED)
    for (const status of [408, 444, 499])
      expect(answered(`error_page 408 444 =200 /a.txt; return ${status};`)).toBe(
        `${status} nginx/return http.server[0].location[0].auth_request[0]`,
      )
    expect(answered('return 444 "text";')).toBe(FAILED)
    expect(answered("error_page 404 =444 /a.txt; try_files /none =404;")).toBe(FAILED)
  })

  test("shares its variables, its method and the address of its client with the other", () => {
    const set = "set $x mine; try_files /none /$x;"
    const ends = "location = /mine { return 251; } location = /theirs { return 252; }"
    expect(asking(`location = /auth { return 200; } ${ends}`, set)).toBe("251 return")
    expect(asking(`location = /auth { set $x theirs; return 200; } ${ends}`, set)).toBe("252 return")
    const post = "location = /auth { if ($request_method = POST) { return 403; } return 200; }"
    expect(asking(post)).toStartWith("403 nginx/auth-request-403")
    const told = "set_real_ip_from 192.0.2.0/24; real_ip_header X-Real-IP; try_files /none /ok;"
    const after = "location = /ok { return 200; } location = /after { deny 10.0.0.1; proxy_pass http://in; }"
    expect(asking(`location = /auth { ${told} } ${after}`, "try_files /none /after;")).toStartWith(
      "403 nginx/deny-rule",
    )
    expect(asking(`location = /auth { return 200; } ${after}`, "try_files /none /after;")).toBe(IN)
  })
})

test("a status that hangs up meets no error page", () => {
  const page = "error_page 408 444 =200 /a.txt;"
  expect(judged(`${page} location /x { return 444; }`, "/x")).toBe(
    "444 nginx/return http.server[0].location[0].return[0]",
  )
  expect(judged(`${page} location /x { try_files /none =408; }`, "/x")).toStartWith("408 nginx/return")
})

describe("pieces of a configuration", () => {
  test("are judged in the blocks that must have stood around them, which is told", () => {
    const piece = (text: string) => configured(text)
    expect(short(piece("location /x { deny all; }"), site, asked("/x"))).toBe("403 nginx/deny-rule location[0].deny[0]")
    expect(short(piece("limit_except GET { deny all; }"), site, asked("/x", { method: "POST" }))).toStartWith(
      "403 nginx/limit-except limit_except[0]",
    )
    expect(short(piece("server { server_name b.test; deny all; }"), site, asked("/x"))).toBe(
      "403 nginx/deny-rule server[0].deny[0]",
    )
    expect(short(piece("allow 10.0.0.0/8;\ndeny all"), site, asked("/x"))).toBe("403 nginx/deny-rule deny[0]")
    expect(piece("location /x { deny all; }").assumed.join()).toMatch(/stand in the server/)
    expect(configured("http { server { } }").assumed).toEqual([])
  })

  test("without a port are asked whatever the port", () => {
    const two = "server { server_name b.test; return 204; } server { server_name a.test; deny all; }"
    expect(short(configured(two), site, asked("/", { port: 443, scheme: "https" }))).toStartWith(
      "403 nginx/deny-rule server[1]",
    )
    expect(short(configured("server { listen 8080; deny all; }"), site, asked("/"))).toStartWith("403 nginx/deny-rule")
    expect(short(configured(`${two} server { listen 81; }`), site, asked("/", { port: 443 }))).toMatch(
      /^unknown a server that listens/,
    )
  })

  test("of a dump keep the names and lines of their files", () => {
    const dump =
      "nginx: the configuration file is ok\n# configuration file /etc/nginx/nginx.conf:\nhttp {\n  include sites/*.conf;\n}\n# configuration file /etc/nginx/sites/a.conf:\nserver {\n  deny all;\n}\n"
    const configuration = readNginx([{ file: "config[0]", text: dump }])
    const judgement = judgeNginx(configuration, site, asked("/x"))
    expect(judgement.kind === "refuses" && judgement.denial.evidence[0].source).toEqual({
      file: "/etc/nginx/sites/a.conf",
      line: 2,
      column: 3,
      path: "http.server[0].deny[0]",
    })
  })

  test("that include themselves, or what is not there, are told with their place", () => {
    const texts = [
      { file: "/e/nginx.conf", text: "http {\n include a.conf;\n include none.conf;\n include no/*.conf;\n}" },
      { file: "/e/a.conf", text: "include a.conf;" },
    ]
    const { faults } = readNginx(texts, { isComplete: true })
    expect(faults.map((it) => [it.source.file, it.source.line, it.message])).toEqual([
      ["/e/a.conf", 1, "`/e/a.conf` includes itself"],
      ["/e/nginx.conf", 3, "`none.conf` is included and not there"],
    ])
  })

  test("that include each other twice over end", () => {
    const texts = Array.from({ length: 40 }, (_, at) => ({
      file: `/e/${at}`,
      text: `include ${at + 1}; include ${at + 1}; a b;`,
    }))
    const { faults } = readNginx([{ file: "/e/nginx.conf", text: "http { include 0; }" }, ...texts])
    expect(faults.some((it) => it.message.startsWith("there are more than"))).toBe(true)
  }, 60_000)

  test("that were not given may hold the server that is asked for", () => {
    const configuration = configured("http { include conf.d/*.conf; server { server_name a.test; return 204; } }")
    expect(short(configuration, site, asked("/"))).toBe("204 return")
    expect(short(configuration, site, asked("/", { host: "b.test" }))).toBe(
      "unknown `conf.d/*.conf`, which is included here",
    )
  })
})

test("what was looked at and held is told", () => {
  expect(followNginx(server(""), site, asked("/a.txt")).held[0]).toMatch(/may be searched/)
})

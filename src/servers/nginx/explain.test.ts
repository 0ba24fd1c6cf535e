import { describe, expect, test } from "bun:test"
import type { ServerRequest } from "../request.ts"
import { asked, FILE, machineWith } from "./any-request.fixture.ts"
import { explainNginx } from "./explain.ts"
import { NginxModel } from "./model.ts"

const machine = machineWith({
  "/srv/": 0o755,
  "/srv/a.txt": 0o644,
  "/srv/b.txt": 0o600,
  "/srv/index.html": 0o644,
  "/srv/dir/": 0o755,
  "/srv/home/": 0o700,
  "/srv/home/a.txt": 0o644,
})
const modelOf = (lines: string) =>
  new NginxModel([{ file: FILE, text: `http {\n${lines}\n}` }], machine, { isComplete: true })
const inServer = (lines: string) => modelOf(`server {\nlisten 80;\nroot /srv;\n${lines}\n}`)

function verdictOf(model: NginxModel, request: ServerRequest) {
  const judged = model.judge(request)
  if (judged.kind !== "refuses") throw new Error(`it was to be refused, and is: ${judged.kind}`)
  return explainNginx(model, request, judged)
}
const does = (model: NginxModel, request: ServerRequest) => verdictOf(model, request).remedies.map((it) => it.does)
const curl = asked("/a.txt", {
  headers: [
    ["Host", "a.test"],
    ["User-Agent", "curl/8.1"],
  ],
})

describe("a refusal of nginx", () => {
  test("is told with the line that decided, letter by letter", () => {
    const verdict = verdictOf(inServer("location ~ \\.txt$ {\n  deny all;\n}"), asked("/a.txt"))
    expect(verdict).toMatchObject({ code: "nginx/deny-rule", status: 403, isLogged: true })
    expect(verdict.evidence.map((it) => [it.at.line, it.quote])).toEqual([
      [6, "deny all;"],
      [5, "location ~ \\.txt$ {"],
    ])
    expect(verdict.held.join()).toMatch(/the rights along \/srv\/a\.txt are fine/)
  })

  test("by a variable is told with the line that gave it its value", () => {
    const model = modelOf(
      "map $http_user_agent $bad {\n default 0;\n ~*curl 1;\n}\nserver { root /srv; if ($bad) { return 403; } }",
    )
    const { evidence, isLogged } = verdictOf(model, curl)
    expect(isLogged).toBe(false)
    expect(evidence.map((it) => [it.at.line, it.quote])).toEqual([
      [6, "if ($bad) { return 403; }"],
      [4, "~*curl 1;"],
    ])
  })

  test("is mended by the least that lets the request in, and whom else that admits is told", () => {
    const [first] = verdictOf(inServer("location / {\n  deny all;\n}"), asked("/a.txt")).remedies
    expect(first?.does).toBe("Add `allow 192.0.2.7;` before line 6")
    expect(first?.patches).toEqual([
      { kind: "text", file: FILE, line: 6, column: 3, remove: "", insert: "allow 192.0.2.7;\n  " },
    ])
    expect(first?.admits).not.toContain("from 203.0.113.9")
    expect(first?.asked).toBeGreaterThan(10)
  })

  test("of one condition is mended by sparing one value before the rule is dropped", () => {
    expect(does(inServer("if ($http_user_agent ~* curl|wget) { return 403; }"), curl)).toEqual([
      "Let the condition in line 5 spare this one value",
      "Remove `return` in line 5",
    ])
    expect(
      does(inServer('set $b 0;\nif ($http_user_agent ~ "curl") { set $b 1; }\nif ($b) { return 403; }'), curl)[0],
    ).toBe("Let the condition in line 6 spare this one value")
    const geo = modelOf("geo $no {\n default 0;\n 192.0.2.0/24 1;\n}\nserver { root /srv; if ($no) { return 403; } }")
    expect(does(geo, asked("/a.txt"))[0]).toBe("Add `192.0.2.7 0;` to `geo` in line 2")
  })

  test("for lack of a right is mended on that one entry", () => {
    expect(does(inServer(""), asked("/b.txt"))[0]).toBe("Let 33 alone read /srv/b.txt")
    expect(does(inServer(""), asked("/home/a.txt"))[0]).toBe("Let 33 alone search /srv/home")
  })

  test("for two reasons is mended for both together", () => {
    const [first] = verdictOf(inServer("location / { deny all; }"), asked("/b.txt")).remedies
    expect(first?.patches.map((it) => it.kind)).toEqual(["text", "acl"])
  })

  test("of a method, a referer, a directory or a body is mended where it is written", () => {
    expect(
      does(
        modelOf("server { location / { limit_except GET { deny all; } proxy_pass http://x; } }"),
        asked("/a.txt", { method: "POST" }),
      ),
    ).toContain("Add POST to `limit_except` in line 2")
    const linked = asked("/a.txt", {
      headers: [
        ["Host", "a.test"],
        ["Referer", "https://b.test/x"],
      ],
    })
    expect(does(inServer("valid_referers none *.a.test;\nif ($invalid_referer) { return 403; }"), linked)[0]).toBe(
      "Add `b.test` to `valid_referers` in line 5",
    )
    expect(does(inServer(""), asked("/dir/"))).toContain("Create /srv/dir/index.html")
    expect(does(inServer("location / { }"), asked("/dir/"))).toContain("Show the list of files in `location /`")
    expect(does(inServer("location / { try_files $uri $uri/ /index.html; }"), asked("/dir/"))).toContain(
      "Leave `$uri/` out of `try_files` in line 5",
    )
    const long = asked("/", {
      method: "POST",
      headers: [
        ["Host", "a.test"],
        ["Content-Length", "99"],
      ],
    })
    expect(does(inServer("client_max_body_size 10; location / { proxy_pass http://x; }"), long)).toEqual([
      "Raise `client_max_body_size` in line 5 to 99",
    ])
  })

  test("is never told to be mended by what does not let the request in", () => {
    expect(
      does(inServer("location / { limit_except GET { deny all; } }"), asked("/a.txt", { method: "DELETE" })),
    ).toEqual([])
    expect(does(inServer(""), asked("/none/x.txt"))).toEqual([])
  })

  test("in a piece names what was assumed", () => {
    const model = new NginxModel([{ file: "config[0]", text: "location / { deny all; }" }], machine)
    expect(verdictOf(model, asked("/a.txt")).held.join()).toMatch(/assumed: these lines stand in the server/)
  })

  test("with hostile text in it is told without doing anything to a terminal", () => {
    const evil = asked("/a.txt", {
      headers: [
        ["Host", "a.test"],
        ["User-Agent", "curl\u001b[2J\")('$"],
      ],
    })
    const verdict = verdictOf(inServer("if ($http_user_agent ~ curl) {\n return 403; }"), evil)
    for (const it of verdict.remedies) expect(it.does).not.toContain("\u001b")
    expect(verdict.remedies[0]?.patches[0]).toMatchObject({ remove: "curl)" })
  })
})

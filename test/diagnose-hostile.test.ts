import { describe, expect, setDefaultTimeout, test } from "bun:test"
import { mkdirSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { PATIENCE, pinpoint, temporaryDirectory } from "./process.fixture.ts"

setDefaultTimeout(PATIENCE)

const SECRET = "s3cr3t0123456789abcdefABCDEF"
const NGINX = `events {}
http {
  map $http_x_api_key $ok { default 0; "${SECRET}" 1; }
  server {
    listen 80;
    location /key { if ($http_x_api_key != "${SECRET}") { return 403; } }
    location /scheme { if ($http_authorization != "Basic ${SECRET}") { return 403; } }
    location /map { if ($ok = 0) { return 403; } }
    location /proxy { proxy_set_header Authorization "Bearer ${SECRET}"; proxy_pass http://u:${SECRET}@back/; }
    location /link { secure_link_md5 "$uri ${SECRET}"; deny all; }
  }
}
`

describe("a configuration", () => {
  test.each(["key", "scheme", "map", "proxy", "link"])("tells no credential that stands in it: %s", async (path) => {
    using directory = temporaryDirectory()
    await Bun.write(join(directory.path, "nginx.conf"), NGINX)
    const saved = join(directory.path, "saved.json")
    const given = ["diagnose", `curl http://localhost/${path} -H 'X-Api-Key: wrong'`, "--config", directory.path]
    for (const form of [["--json"], ["--markdown"], ["--save", saved]]) {
      const { out, err, code } = await pinpoint([...given, ...form])
      expect(code).toBe(0)
      expect(out + err).not.toContain(SECRET)
    }
    expect(await Bun.file(saved).text()).not.toContain(SECRET)
  })

  test("that includes what has no end, itself, or all there is, is read all the same", async () => {
    using directory = temporaryDirectory()
    const { path } = directory
    const config = (text: string) =>
      Bun.write(join(path, "nginx.conf"), `events {}\nhttp {\n${text}\nserver { deny all; }\n}\n`)
    await config(
      `include /dev/zero;\ninclude ${path}/pipe;\ninclude /**/*.conf;\ninclude /;\ninclude ${path}/nginx.conf;`,
    )
    expect(Bun.spawnSync(["mkfifo", join(path, "pipe")]).exitCode).toBe(0)
    mkdirSync(join(path, "sub"))
    for (const it of ["a", "b", "c", "d"]) symlinkSync("..", join(path, "sub", it))
    const { code, err } = await pinpoint(["diagnose", "curl http://localhost/", "--config", path, "--json"])
    expect(err).not.toContain("    at ")
    expect(code).toBe(0)
  })
})

test("a file without an end is read to a bound, and that is told", async () => {
  const { code, err } = await pinpoint(["diagnose", "curl http://localhost/", "--config", "/dev/zero", "--json"])
  expect(err).toContain("/dev/zero is longer than")
  expect(code).toBe(0)
})

test("a ticket mentions nobody and links nowhere, whatever was given", async () => {
  using directory = temporaryDirectory()
  const name = "@admin `x` ![i](http://evil.example/p.png) <img src=x> #1"
  const path = join(directory.path, "case.json")
  const evidence = {
    request: "GET /@everyone/http://evil.example HTTP/1.1",
    config: { [name]: "location / { deny all; }\n```\n@admin" },
  }
  await Bun.write(path, JSON.stringify({ symptom: name, evidence }))
  const { out } = await pinpoint(["diagnose", "--case", path, "--markdown"])
  expect(out).toContain("nginx/deny-rule")
  const outsideCode = Bun.markdown.html(out).replace(/<code[^>]*>.*?<\/code>/gs, "")
  expect(outsideCode).toContain("What to do")
  expect(outsideCode).not.toMatch(/@admin|@everyone|evil\.example|<img|<a /)
})

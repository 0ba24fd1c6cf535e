import { describe, expect, setDefaultTimeout, test } from "bun:test"
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { freshly, inShell, PATIENCE, pinpoint, temporaryDirectory, until } from "./process.fixture.ts"

setDefaultTimeout(PATIENCE)

const ROOT = join(import.meta.dir, "..")
const isRoot = process.getuid?.() === 0
const hasNginx = Bun.which("nginx") !== null
const AS_NOBODY = "setpriv --reuid=65534 --regid=65534 --clear-groups"

/** A directory that the workers of a server may enter. */
function site() {
  const directory = temporaryDirectory()
  chmodSync(directory.path, 0o755)
  return directory
}

function put(path: string, text: string, mode = 0o644): string {
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

const audit = async (...args: readonly string[]) => {
  const { code, err, out } = await pinpoint(["audit", ...args, "--json"])
  return { code, err, ...JSON.parse(out) }
}
const namesIn = (parts: readonly { findings: readonly { name: string }[] }[]): readonly string[] =>
  parts.flatMap((it) => it.findings.map(({ name }) => name))

/** Runs what `--fix` printed, as a person would who has read it. */
async function applied(script: string): Promise<void> {
  using directory = temporaryDirectory()
  const { code, err } = await inShell(`bash ${put(join(directory.path, "fix.sh"), script)}`)
  expect(err).toBe("")
  expect(code).toBe(0)
}

describe("audit of a document root", () => {
  test.skipIf(!isRoot)("prints commands that mend what it found, applies none, and breaks nothing", async () => {
    using directory = site()
    const root = join(directory.path, "www")
    mkdirSync(root)
    const files = [
      put(join(root, "index.html"), "page"),
      put(join(root, "it's open.txt"), "x", 0o666),
      put(join(root, "shut.css"), "x", 0o600),
      put(join(root, "run"), "x", 0o4755),
    ]
    const modes = () => files.map((it) => statSync(it).mode)
    const before = modes()

    const first = await audit(root, "--worker", "nobody")
    expect(first.code).toBe(1)
    expect([...namesIn(first.parts)].sort()).toEqual(["file-not-readable", "set-id", "writable-by-all"])
    const { code, out } = await pinpoint(["audit", root, "--worker", "nobody", "--fix"])
    expect(code).toBe(1)
    expect(modes()).toEqual(before)

    await applied(out)
    const second = await audit(root, "--worker", "nobody")
    expect({ code: second.code, names: namesIn(second.parts) }).toEqual({ code: 0, names: [] })
    for (const it of files) expect((await inShell(`${AS_NOBODY} cat ${JSON.stringify(it)}`)).code).toBe(0)
  })

  test.skipIf(!isRoot)("closes what nobody should download", async () => {
    using directory = site()
    const secret = put(join(directory.path, ".env"), "KEY=1")
    put(join(directory.path, "index.html"), "page")
    expect(namesIn((await audit(directory.path, "--worker", "nobody")).parts)).toEqual(["secret-readable"])
    await applied((await pinpoint(["audit", directory.path, "--worker", "nobody", "--fix"])).out)
    expect((await inShell(`${AS_NOBODY} cat ${secret}`)).code).not.toBe(0)
    expect(namesIn((await audit(directory.path, "--worker", "nobody")).parts)).not.toContain("secret-readable")
  })

  test("tells nothing with 0, notes with 0, and what is not there with 2", async () => {
    using directory = site()
    const root = join(directory.path, "www")
    mkdirSync(root)
    put(join(root, "index.html"), "page")
    expect(await pinpoint(["audit", root])).toMatchObject({ code: 0, out: expect.stringContaining("Nothing found") })
    mkdirSync(join(root, "css"))
    const noted = await audit(root)
    expect([noted.code, namesIn(noted.parts)]).toEqual([0, ["directory-without-index"]])
    const both = await audit(join(directory.path, "none"), root)
    expect([both.code, both.unread.length, both.parts.length]).toEqual([2, 1, 1])
    expect((await pinpoint(["audit"], {}, directory.path)).code).toBe(2)
  })

  test("lets no control character of a name through, and quotes it for a shell", async () => {
    using directory = site()
    const root = join(directory.path, "www")
    mkdirSync(root)
    put(join(root, "index.html"), "page")
    put(join(root, "\u001b]0;owned\u0007$(touch pwned)"), "x", 0o666)
    for (const args of [[], ["--fix"]]) {
      const { out } = await pinpoint(["audit", root, ...args])
      expect(out).not.toContain("\u001b")
      expect(out).not.toContain("\u0007")
    }
    await applied((await pinpoint(["audit", root, "--fix"])).out)
    expect(namesIn((await audit(root)).parts)).toEqual([])
  })

  test.skipIf(!isRoot)("is safe as an ordinary user, and says what it could not look at", async () => {
    using directory = site()
    const root = join(directory.path, "www")
    mkdirSync(join(root, "private"), { recursive: true })
    put(join(root, "index.html"), "page")
    put(join(root, "private/x"), "x", 0o666)
    chmodSync(join(root, "private"), 0o700)
    symlinkSync("private/x", join(root, "link"))
    const conf = put(join(directory.path, "nginx.conf"), "events {}", 0o600)
    const asNobody = (args: string) =>
      inShell(`${AS_NOBODY} env HOME=/tmp ${process.execPath} ${ROOT}/src/cli/main.ts audit ${args}`)
    const seen = await asNobody(`${root} --worker nobody --json`)
    expect(seen.err).toBe("")
    const [part] = JSON.parse(seen.out).parts
    expect(part.unread.count).toBeGreaterThan(0)
    expect(seen.code).toBe(1)
    const barred = await asNobody(`${join(root, "private")} ${conf} ${join(root, "private/x")} x.yaml`)
    expect(barred.code).toBe(2)
    expect(barred.err.trim().split("\n")).toHaveLength(4)
  })
})

const SERVER = (directory: string, port: number): string => `user nobody nogroup;
daemon off;
pid ${directory}/nginx.pid;
error_log ${directory}/error.log;
events {}
http {
    access_log off;
    client_body_temp_path ${directory}/t1;
    proxy_temp_path ${directory}/t2;
    fastcgi_temp_path ${directory}/t3;
    uwsgi_temp_path ${directory}/t4;
    scgi_temp_path ${directory}/t5;
    server {
        listen 127.0.0.1:${port};
        server_name site.example;
        root ${directory}/www;
        location / {
            try_files $uri $uri/ /index.html;
        }
        location /list {
            deny 127.0.0.2;
            allow all;
            deny 127.0.0.3;
        }
        location /img {
            alias ${directory}/www/pictures/;
        }
        location /methods {
            limit_except GET {
                allow 127.0.0.9;
            }
        }
        location /gone {
            return 410;
            rewrite ^ /index.html;
        }
    }
}
`

describe.skipIf(!isRoot || !hasNginx)("audit of nginx", () => {
  test("prints changes with which the real nginx refuses and serves what it should, and all else as before", async () => {
    using directory = site()
    const { path } = directory
    for (const it of ["www/pictures", "www/docs", "www/list"]) mkdirSync(join(path, it), { recursive: true })
    for (const it of ["index.html", "pictures/a.png", "pictures/index.html", "list/index.html", "secret.txt"])
      put(join(path, "www", it), it)
    put(join(path, "www/methods"), "methods")
    const port = freePort()
    const conf = put(join(path, "nginx.conf"), SERVER(path, port))
    const url = `http://127.0.0.1:${port}`
    const asked = async () => {
      await using _nginx = await startNginx(conf, url)
      const of = async (target: string, method = "GET") => {
        const answer = await freshly(url + target, { host: "site.example" }, { method })
        return [answer.status, answer.status === 200 ? await answer.text() : ""]
      }
      return {
        same: [
          await of("/"),
          await of("/img/a.png"),
          await of("/list/"),
          await of("/gone"),
          await of("/methods"),
          await of("/none"),
        ],
        traversal: await of("/img../secret.txt"),
        directory: await of("/docs/"),
        post: (await of("/methods", "POST"))[0],
      }
    }
    const before = await asked()
    expect(before).toMatchObject({ traversal: [200, "secret.txt"], directory: [403, ""], post: 405 })

    const first = await audit(conf)
    expect(first.code).toBe(1)
    expect(namesIn(first.parts.slice(0, 1))).toEqual([
      "nginx/alias-traversal",
      "nginx/try-files-directory",
      "nginx/rule-shadowed",
      "nginx/limit-except-refuses-nothing",
      "nginx/dead-after-return",
    ])
    const { out } = await pinpoint(["audit", conf, "--fix"])
    expect(readFileSync(conf, "utf8")).toBe(SERVER(path, port))
    await applied(out)
    expect(namesIn((await audit(conf)).parts.slice(0, 1))).toEqual([])
    expect(await asked()).toEqual({
      same: before.same,
      traversal: [200, "index.html"],
      directory: [200, "index.html"],
      post: 403,
    })
  })

  test("reads a folder, finds the worker in it, and goes through the roots it names", async () => {
    using directory = site()
    const { path } = directory
    mkdirSync(join(path, "www"))
    put(join(path, "www/index.html"), "page", 0o600)
    put(join(path, "nginx.conf"), `user nobody;\nevents {}\nhttp { include sites/*; }\n`)
    mkdirSync(join(path, "sites"))
    put(join(path, "sites/a"), `server { listen 80; root ${path}/www; autoindex on; }\n`)
    put(join(path, "unused"), "server { deny all; allow all; }")
    const { parts } = await audit(path)
    expect(parts.map((it: { kind: string; file?: string; root?: string }) => [it.kind, it.file ?? it.root])).toEqual([
      ["nginx", join(path, "nginx.conf")],
      ["root", join(path, "www")],
    ])
    expect(namesIn(parts)).toEqual(["nginx/autoindex", "file-not-readable"])
    const { out } = await pinpoint(["audit", path])
    expect(out).toContain(`${path}/sites/a:1:`)
    expect(out).toContain("| server { listen 80;")
    expect(out).toContain("uid=65534(nobody)")
    expect(out).not.toContain("\u001b[")
  })
})

test("audit of httpd tells of .htaccess that is not read, and of a list that is open to all", async () => {
  using directory = site()
  const { path } = directory
  mkdirSync(join(path, "www"))
  put(join(path, "www/index.html"), "page")
  put(join(path, "www/.htaccess"), "Require all denied\n")
  const conf = put(
    join(path, "httpd.conf"),
    `DocumentRoot ${path}/www\n<Directory ${path}/www>\n    AllowOverride None\n    Options Indexes\n    Require all granted\n    Require ip 10.0.0.0/8\n</Directory>\n`,
  )
  const { code, parts } = await audit(conf)
  expect([code, [...namesIn(parts)].sort()]).toEqual([
    1,
    ["httpd/htaccess-dead", "httpd/indexes", "httpd/require-dead"],
  ])
  await applied((await pinpoint(["audit", conf, "--fix"])).out)
  expect(readFileSync(conf, "utf8")).toContain("    Options None\n    Require all granted\n")
  expect([...namesIn((await audit(conf)).parts)].sort()).toEqual(["httpd/htaccess-dead", "httpd/require-dead"])
})

test("audit of the gateway's own plan prints an edit that leaves it sound", async () => {
  using directory = site()
  const config = put(
    join(directory.path, "pinpoint.yaml"),
    `services:
  orders:
    upstream: http://127.0.0.1:9000
    routes: [{ path: /orders/*, methods: [GET] }]
    policies:
      - key-auth: {}
      - scopes: { GET: [orders:read] }
keys:
  - name: alice
    key: \${ALICE}
    scopes: [orders:read, orders:admin] # of old
`,
  )
  const env = { ALICE: "0123456789abcdef0123456789" }
  const run = (...args: readonly string[]) => pinpoint(args, env, directory.path)
  const first = await run("audit", "--json")
  expect([first.code, namesIn(JSON.parse(first.out).parts)]).toEqual([1, ["gateway/scope-idle"]])
  expect(first.out).not.toContain(env.ALICE)
  await applied(`cd ${directory.path}\n${(await run("audit", "--fix")).out}`)
  expect(readFileSync(config, "utf8")).toContain("scopes: [orders:read] # of old")
  expect((await run("audit")).code).toBe(0)
  expect((await run("check")).code).toBe(0)
})

function freePort(): number {
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } })
  const { port } = listener
  listener.stop(true)
  return port
}

async function startNginx(conf: string, url: string): Promise<AsyncDisposable> {
  const child = Bun.spawn(["nginx", "-c", conf], { stdout: "ignore", stderr: "ignore" })
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM")
    await child.exited
  }
  await until("nginx answers", () =>
    freshly(url).then(
      () => true,
      () => false,
    ),
  )
  return { [Symbol.asyncDispose]: stop }
}

import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Where distributions put it outside of an ordinary user's path. */
const BINARY = Bun.which("apache2", { PATH: "/usr/sbin:/usr/local/sbin" }) ?? Bun.which("httpd")
const MODULES = "/usr/lib/apache2/modules"
const RULES = "/usr/share/modsecurity-crs/rules"
const SETUP = "/etc/modsecurity/crs/crs-setup.conf"
const NEEDED = [`${MODULES}/mod_security2.so`, RULES, SETUP, "/etc/modsecurity/unicode.mapping"]

/** How strict the rule set is set up. */
export interface Strictness {
  readonly threshold: number
  readonly level: 1 | 2 | 3
  readonly critical: number
}

export interface Exchange {
  readonly status: number
  readonly uniqueId: string
}

/** A real httpd with ModSecurity 2 and the Core Rule Set, which answers 204 to whatever they let through. */
export class ModSecurityServer {
  static readonly isInstalled = BINARY !== null && NEEDED.every((it) => existsSync(it))
  readonly #port = freePort()
  readonly #folder = mkdtempSync(join(tmpdir(), "pinpoint-modsecurity-"))
  #process: Bun.Subprocess | undefined

  constructor(strictness: Strictness) {
    chmodSync(this.#folder, 0o755)
    for (const name of ["www", "data"]) mkdirSync(join(this.#folder, name))
    chmodSync(join(this.#folder, "data"), 0o777)
    writeFileSync(join(this.#folder, "httpd.conf"), configuration(this.#port, this.#folder, strictness))
    this.exclude("", "")
  }

  /** Directives read before and after the rules, from the next start on. */
  exclude(before: string, after: string): void {
    writeFileSync(join(this.#folder, "before.conf"), `${before}\n`)
    writeFileSync(join(this.#folder, "after.conf"), `${after}\n`)
  }

  async start(): Promise<void> {
    const command = [
      BINARY ?? "apache2",
      "-d",
      this.#folder,
      "-f",
      join(this.#folder, "httpd.conf"),
      "-D",
      "FOREGROUND",
    ]
    const process = Bun.spawn(command, { stdout: "ignore", stderr: "pipe" })
    this.#process = process
    for (let i = 0; i < 400; i++) {
      if ((await this.#answer("GET /ready HTTP/1.1\r\nHost: ready\r\nConnection: close\r\n\r\n")) !== "") return
      if (process.exitCode !== null)
        throw new Error(`httpd did not start: ${await new Response(process.stderr).text()}`)
      await Bun.sleep(25)
    }
    await this.#halt()
    throw new Error("httpd did not answer")
  }

  async restart(): Promise<void> {
    await this.#halt()
    await this.start()
  }

  /** The status and the id under which the rules speak of it. `wire` must ask for the connection to be closed. */
  async send(wire: string): Promise<Exchange> {
    const answer = await this.#answer(wire)
    const status = Number(/^HTTP\/1\.\d (\d{3})/.exec(answer)?.[1] ?? 0)
    return { status, uniqueId: /^X-Unique-Id: (\S+)/m.exec(answer)?.[1] ?? "" }
  }

  /** Lines of the error log since the first start. */
  errorLines(): readonly string[] {
    const file = join(this.#folder, "error.log")
    return existsSync(file) ? readFileSync(file, "latin1").split("\n") : []
  }

  async stop(): Promise<void> {
    await this.#halt()
    rmSync(this.#folder, { recursive: true })
  }

  async #halt(): Promise<void> {
    this.#process?.kill()
    await this.#process?.exited
    this.#process = undefined
  }

  #answer(wire: string): Promise<string> {
    return new Promise((resolve) => {
      let answer = ""
      const socket = connect(this.#port, "127.0.0.1", () => socket.write(Buffer.from(wire, "utf8")))
      socket.on("data", (bytes) => {
        answer += bytes.toString("latin1")
      })
      // A refused connection, while the server starts, closes without an answer.
      socket.on("error", () => resolve(answer))
      socket.on("close", () => resolve(answer))
    })
  }
}

/** What crs-setup.conf would say of it. */
export const setup = ({ threshold, level, critical }: Strictness): string =>
  `SecAction "id:900000,phase:1,nolog,pass,t:none,setvar:tx.paranoia_level=${level}"
SecAction "id:900110,phase:1,nolog,pass,t:none,setvar:tx.inbound_anomaly_score_threshold=${threshold},setvar:tx.critical_anomaly_score=${critical}"`

function freePort(): number {
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } })
  listener.stop(true)
  return listener.port
}

function configuration(port: number, folder: string, { threshold, level, critical }: Strictness): string {
  const modules = ["mpm_event", "authz_core", "mime", "rewrite", "headers", "env", "unique_id", "security2"]
  // As root, httpd wants somebody else to answer requests.
  const user = process.getuid?.() === 0 ? "User www-data\nGroup www-data" : ""
  return `ServerRoot ${folder}
PidFile ${folder}/pid
Listen 127.0.0.1:${port}
ServerName localhost
${modules.map((it) => `LoadModule ${it}_module ${MODULES}/mod_${it}.so`).join("\n")}
TypesConfig /dev/null
${user}
StartServers 1
ServerLimit 2
ThreadsPerChild 16
MaxRequestWorkers 32
DocumentRoot ${folder}/www
ErrorLog ${folder}/error.log
HttpProtocolOptions Unsafe
AllowEncodedSlashes On
Header always set X-Unique-Id "expr=%{reqenv:UNIQUE_ID}"
<Directory />
  Require all granted
  RewriteEngine on
  RewriteRule ^ - [R=204]
</Directory>
SecRuleEngine On
SecRequestBodyAccess On
SecRule REQUEST_HEADERS:Content-Type "^(?:application(?:/soap\\+|/)|text/)xml" "id:200000,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=XML"
SecRule REQUEST_HEADERS:Content-Type "^application/json" "id:200001,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=JSON"
SecRule REQBODY_ERROR "!@eq 0" "id:200002,phase:2,t:none,log,deny,status:400,msg:'Failed to parse request body.',logdata:'%{reqbody_error_msg}',severity:2"
SecRule ARGS:own "@contains forbidden" "id:77001,phase:2,t:none,log,deny,status:403,msg:'A rule of the site',severity:2"
SecUnicodeMapFile /etc/modsecurity/unicode.mapping 20127
SecTmpDir ${folder}/data
SecDataDir ${folder}/data
SecAuditEngine Off
Include ${SETUP}
${setup({ threshold, level, critical })}
Include ${folder}/before.conf
Include ${RULES}/*.conf
Include ${folder}/after.conf
`
}

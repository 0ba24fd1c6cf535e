import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

const BINARY = Bun.which("apache2") ?? Bun.which("apache2", { PATH: "/usr/sbin:/usr/local/sbin" })
const MODULES = "/usr/lib/apache2/modules"

/** A real apache2 is here, and files can be made that belong to others. */
export const CAN_RUN = BINARY !== null && process.getuid?.() === 0

const LOADED = [
  "mpm_event",
  "authn_core",
  "authn_file",
  "authz_core",
  "authz_host",
  "authz_user",
  "access_compat",
  "auth_basic",
  "alias",
  "autoindex",
  "dir",
  "env",
  "mime",
  "negotiation",
  "rewrite",
  "setenvif",
  "remoteip",
  "headers",
  "macro",
  "cgid",
  "proxy",
  "proxy_http",
  "status",
]

/** What stands before what is drawn: httpd has to start, and each line of its log has to tell whose it is. */
export function preamble(folder: string, port: number): string {
  return [
    `ServerRoot "${folder}"`,
    ...LOADED.map((it) => `LoadModule ${it}_module ${MODULES}/mod_${it}.so`),
    `DefaultRuntimeDir "${folder}"`,
    `PidFile "${folder}/pid"`,
    `ErrorLog "${folder}/error.log"`,
    'ErrorLogFormat "[%{X-Number}i] %M"',
    "LogLevel warn authz_core:debug",
    `Listen ${port}`,
    `ScriptSock "${folder}/cgid"`,
    "ServerName main.test",
    "TypesConfig /dev/null",
    "User www-data",
    "Group www-data",
    "ServerLimit 1",
    "ThreadsPerChild 16",
    "MaxRequestWorkers 16",
    "StartServers 1",
    "",
  ].join("\n")
}

/** A real httpd on one configuration. */
export class RealHttpd {
  readonly #folder: string
  readonly #process: Bun.Subprocess<"ignore", "ignore", "pipe">

  private constructor(folder: string) {
    this.#folder = folder
    const command = [BINARY ?? "apache2", "-f", join(folder, "httpd.conf"), "-d", folder, "-DFOREGROUND"]
    this.#process = Bun.spawn(command, { stdin: "ignore", stdout: "ignore", stderr: "pipe" })
  }

  static async start(folder: string, configuration: string, port: number): Promise<RealHttpd> {
    writeFileSync(join(folder, "httpd.conf"), configuration)
    const httpd = new RealHttpd(folder)
    for (let tries = 0; tries < 400; tries++) {
      if (httpd.#process.exitCode !== null) break
      if (await answers(port)) return httpd
      await Bun.sleep(10)
    }
    await httpd.stop()
    const said = await new Response(httpd.#process.stderr).text()
    throw new Error(`httpd did not start: ${said}\n${httpd.#log().slice(0, 2000)}`)
  }

  async stop(): Promise<void> {
    this.#process.kill("SIGTERM")
    await this.#process.exited
  }

  /** Lines of the error log by the number of the request. */
  lines(): ReadonlyMap<string, readonly string[]> {
    const lines = new Map<string, string[]>()
    for (const line of this.#log().split("\n")) {
      const number = /^\[(\d+)\] /.exec(line)?.[1]
      if (number === undefined) continue
      lines.set(number, [...(lines.get(number) ?? []), line])
    }
    return lines
  }

  #log(): string {
    try {
      return readFileSync(join(this.#folder, "error.log"), "utf8")
    } catch {
      return ""
    }
  }
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`, { redirect: "manual" }).then(
    () => true,
    () => false,
  )

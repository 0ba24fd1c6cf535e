import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Where distributions put it outside of an ordinary user's path. */
const BINARY = Bun.which("nginx") ?? Bun.which("nginx", { PATH: "/usr/sbin:/usr/local/sbin" })

/** A real nginx that answers every request it takes for one with 200. */
export class Nginx {
  static readonly isInstalled = BINARY !== null
  readonly port: number
  readonly #folder: string
  readonly #process: Bun.Subprocess

  private constructor(port: number) {
    this.port = port
    this.#folder = mkdtempSync(join(tmpdir(), "pinpoint-nginx-"))
    mkdirSync(join(this.#folder, "logs"))
    const conf = join(this.#folder, "nginx.conf")
    writeFileSync(conf, configuration(port, this.#folder))
    const command = [BINARY ?? "nginx", "-p", this.#folder, "-c", conf, "-e", join(this.#folder, "logs", "error")]
    this.#process = Bun.spawn(command, { stdout: "ignore", stderr: "ignore" })
  }

  static async start(): Promise<Nginx> {
    const nginx = new Nginx(freePort())
    for (let i = 0; i < 200; i++) {
      if ((await nginx.status("GET / HTTP/1.1\r\nHost: a\r\n\r\n")) === 200) return nginx
      await Bun.sleep(25)
    }
    await nginx.stop()
    throw new Error("nginx did not start")
  }

  /** The status of the first answer to these bytes, 0 when there is none. The sending side is ended after them. */
  status(wire: Uint8Array | string): Promise<number> {
    return new Promise((resolve) => {
      let answer = ""
      const socket = connect(this.port, "127.0.0.1", () => {
        socket.write(typeof wire === "string" ? Buffer.from(wire, "latin1") : wire)
      })
      const tell = (): void => {
        const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]
        resolve(status === undefined ? 0 : Number(status))
        socket.destroy()
      }
      socket.on("data", (bytes) => {
        answer += bytes.toString("latin1")
        if (answer.length >= 12) tell()
      })
      socket.on("error", tell)
      socket.on("close", tell)
    })
  }

  async stop(): Promise<void> {
    this.#process.kill()
    await this.#process.exited
    rmSync(this.#folder, { recursive: true })
  }
}

function freePort(): number {
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } })
  listener.stop(true)
  return listener.port
}

function configuration(port: number, folder: string): string {
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((it) => `${it}_temp_path ${folder}/${it};`)
  return `daemon off;
master_process off;
pid ${folder}/pid;
events {}
http {
  access_log off;
  ${places.join("\n  ")}
  client_header_timeout 1s;
  client_body_timeout 1s;
  large_client_header_buffers 4 16k;
  server {
    listen 127.0.0.1:${port};
    location / { return 200 "ok"; }
  }
}
`
}

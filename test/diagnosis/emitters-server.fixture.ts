import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import { join } from "node:path"

const SYSTEM = { PATH: "/usr/sbin:/usr/local/sbin:/usr/bin" }
export const NGINX = Bun.which("nginx", SYSTEM)
export const HTTPD = Bun.which("apache2", SYSTEM)
export const HAPROXY = Bun.which("haproxy", SYSTEM)
export const IS_ROOT = process.getuid?.() === 0

/** One process of a real server, which answers at `port` once it has started. */
export class Server {
  readonly #process: Bun.Subprocess<"ignore", "pipe", "pipe">

  private constructor(command: readonly string[], output: string) {
    this.#process = Bun.spawn([...command], { stdin: "ignore", stdout: "pipe", stderr: "pipe" })
    writeFileSync(output, "")
    this.#keep(output)
  }

  /** `output`: the file that what it writes to its standard output is kept in. */
  static async start(command: readonly string[], port: number, output: string): Promise<Server> {
    const server = new Server(command, output)
    for (let tries = 0; tries < 500; tries++) {
      if (server.#process.exitCode !== null) break
      if (await listens(port)) return server
      await Bun.sleep(10)
    }
    const said = await Promise.race([new Response(server.#process.stderr).text(), Bun.sleep(500)])
    await server.stop()
    throw new Error(`${command[0]} did not start: ${said}`)
  }

  async stop(): Promise<void> {
    this.#process.kill("SIGTERM")
    await this.#process.exited
  }

  async #keep(output: string): Promise<void> {
    const decoder = new TextDecoder()
    for await (const chunk of this.#process.stdout)
      if (existsSync(output)) appendFileSync(output, decoder.decode(chunk, { stream: true }))
  }
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port }, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on("error", () => resolve(false))
  })

/** Ports that were free a moment ago. */
export function freePorts(count: number): readonly number[] {
  const listeners = Array.from({ length: count }, () =>
    Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } }),
  )
  for (const it of listeners) it.stop(true)
  return listeners.map((it) => it.port)
}

/** Lines of a file below `folder`; none where it is not there. */
export function linesOf(folder: string, name: string): readonly string[] {
  const path = join(folder, name)
  return existsSync(path)
    ? readFileSync(path, "utf8")
        .split("\n")
        .filter((it) => it !== "")
    : []
}

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Logged } from "./nginx.expected.fixture.ts"

const BINARY = Bun.which("nginx") ?? Bun.which("nginx", { PATH: "/usr/sbin:/usr/local/sbin" })
export const CAN_RUN = BINARY !== null && process.getuid?.() === 0

/** A real nginx with one worker, which tells which line of its log belongs to which request. */
export class RealNginx {
  readonly folder: string
  readonly #process: Bun.Subprocess<"ignore", "ignore", "pipe">

  private constructor(folder: string) {
    this.folder = folder
    const command = [
      BINARY ?? "nginx",
      "-p",
      folder,
      "-c",
      join(folder, "nginx.conf"),
      "-e",
      join(folder, "error.log"),
      "-g",
      "daemon off;",
    ]
    this.#process = Bun.spawn(command, { stdin: "ignore", stdout: "ignore", stderr: "pipe" })
  }

  /** `http`: what stands in the block, on a tree that is made already. */
  static async start(folder: string, http: string, port: number): Promise<RealNginx> {
    mkdirSync(join(folder, "logs"), { recursive: true })
    chmodSync(folder, 0o755)
    writeFileSync(join(folder, "nginx.conf"), configuration(folder, http))
    const nginx = new RealNginx(folder)
    for (let tries = 0; tries < 200; tries++) {
      if (nginx.#process.exitCode !== null) break
      if (await answers(port)) return nginx
      await Bun.sleep(10)
    }
    const said = await new Response(nginx.#process.stderr).text()
    await nginx.stop()
    throw new Error(`nginx did not start: ${said}\n${readFileSync(join(folder, "error.log"), "utf8").slice(0, 2000)}`)
  }

  async stop(): Promise<void> {
    this.#process.kill("SIGQUIT")
    await this.#process.exited
  }

  /** What was written about each request, by its number. */
  logged(): ReadonlyMap<number, Logged> {
    const ids = new Map<string, number>()
    const all = new Map<number, { readonly lines: string[]; readonly isRelayed: boolean }>()
    for (const line of readFileSync(join(this.folder, "access.log"), "utf8").split("\n")) {
      const [connection, id, upstream] = line.split(" ")
      if (connection === undefined || id === undefined) continue
      ids.set(connection, Number(id))
      all.set(Number(id), { lines: [], isRelayed: upstream !== "-" })
    }
    for (const line of readFileSync(join(this.folder, "error.log"), "utf8").split("\n")) {
      const found = /\[(?:error|crit|alert|emerg)\] \S+ \*(\d+) /.exec(line)
      all.get(ids.get(found?.[1] ?? "") ?? -1)?.lines.push(line)
    }
    return all
  }
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  )

/** Two ports next to each other, and a third, that were free a moment ago. */
export function freePorts(): { readonly port: number; readonly upstream: number } {
  for (;;) {
    const listeners: { port: number; stop(now: boolean): void }[] = []
    try {
      const listen = (port: number) => {
        const listener = Bun.listen({ hostname: "0.0.0.0", port, socket: { data: () => undefined } })
        listeners.push(listener)
        return listener.port
      }
      const port = listen(0)
      listen(port + 1)
      return { port, upstream: listen(0) }
    } catch {
      // The next one was taken.
    } finally {
      for (const it of listeners) it.stop(true)
    }
  }
}

export const configuration = (folder: string, http: string): string => `user www-data;
worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/error.log error;
events { worker_connections 1024; }
http {
log_format ids '$connection $http_x_id $upstream_status';
access_log ${folder}/access.log ids;
${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((it) => `${it}_temp_path ${folder}/${it};`).join("\n")}
limit_req_zone $binary_remote_addr zone=often:1m rate=10000r/s;
map_hash_bucket_size 128;
server_names_hash_bucket_size 128;
${http}
}
`

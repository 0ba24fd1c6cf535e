import { join } from "node:path"
import { z } from "zod"

const MESSAGE = z.union([z.object({ port: z.int() }), z.object({ rss: z.int() })])

/** A gateway in a process of its own. */
export interface DistantGateway {
  readonly port: number
  /** Bytes of memory it holds, once it has let go of what it can. */
  rss(): Promise<number>
  /** Resolves with the number of faults it met. */
  stop(): Promise<number>
}

export async function startDistantGateway(config: string): Promise<DistantGateway> {
  const ports = Promise.withResolvers<number>()
  let onRss: (rss: number) => void = () => undefined
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "memory-child.fixture.ts"), config], {
    stdout: "inherit",
    stderr: "inherit",
    ipc: (received: unknown) => {
      const message = MESSAGE.parse(received)
      if ("port" in message) ports.resolve(message.port)
      else onRss(message.rss)
    },
  })
  void child.exited.then((code) => ports.reject(new Error(`the gateway ended with ${code}`)))
  return {
    port: await ports.promise,
    rss: () =>
      new Promise((resolve) => {
        onRss = resolve
        child.send("rss")
      }),
    stop: async () => {
      child.disconnect()
      return await child.exited
    },
  }
}

import { connect, type Socket } from "node:net"

/** A port that takes no connection: its process is stopped and the kernel's queue for it is full. */
export interface DeafPort {
  readonly url: string
  stop(): Promise<void>
}

const LISTEN = `
const server = require("node:net").createServer()
server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => console.log(server.address().port))`

export async function deafPort(): Promise<DeafPort> {
  const child = Bun.spawn([process.execPath, "-e", LISTEN], { stdout: "pipe" })
  const { value } = await child.stdout.getReader().read()
  const port = Number(new TextDecoder().decode(value))
  child.kill("SIGSTOP")
  const filling = await fill(port)
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      for (const socket of filling) socket.destroy()
      child.kill("SIGKILL")
      await child.exited
    },
  }
}

/** Connects until no more connections are taken. */
async function fill(port: number): Promise<readonly Socket[]> {
  const sockets: Socket[] = []
  let waiting = 0
  while (waiting < 8) {
    const socket = connect(port, "127.0.0.1")
    sockets.push(socket)
    socket.on("error", () => undefined)
    const isTaken = await Promise.race([
      new Promise<true>((resolve) => socket.once("connect", () => resolve(true))),
      Bun.sleep(30).then(() => false),
    ])
    waiting = isTaken ? 0 : waiting + 1
  }
  return sockets
}

import { ServerFault } from "./peer.ts"
import { Lines } from "./stdio-lines.ts"

/** Milliseconds a program has to end once its input is closed, and again once it was asked to. */
const TO_END = 2000

export interface StdioCommand {
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string | undefined
}

export interface StdioEvents {
  onLine(line: string): void
  /** `how`: what became of the program, without anything it wrote. */
  onExit(how: string): void
}

/**
 * A program that talks in lines. What it writes on its standard error goes where the gateway's goes, and is no part of the
 * protocol. Of the gateway's environment it gets only what programs need to run at all: the rest may hold others' keys.
 */
export class StdioProcess {
  readonly #process: Bun.Subprocess<"pipe", "pipe", "inherit">
  readonly #events: StdioEvents
  #isEnding = false

  /** @throws ServerFault when the program cannot be started. */
  constructor({ command, env, cwd }: StdioCommand, events: StdioEvents) {
    this.#events = events
    try {
      this.#process = Bun.spawn([...command], {
        env: { ...inherited(), ...env },
        ...(cwd === undefined ? {} : { cwd }),
        stdin: "pipe",
        stdout: "pipe",
        stderr: "inherit",
      })
    } catch (error) {
      throw new ServerFault("unreachable", `the program does not start: ${codeOf(error)}`)
    }
    this.#read().catch(() => this.kill())
    this.#process.exited.then(() => this.#ended())
  }

  write(line: string): void {
    if (this.#isEnding || this.#process.exitCode !== null) return
    try {
      this.#process.stdin.write(`${line}\n`)
      this.#process.stdin.flush()
    } catch {
      // Its end of the pipe is closed: the program is ending, which is told when it has.
    }
  }

  /** As the specification has it: close its input, then ask it to end, then end it. */
  close(): void {
    if (this.#isEnding) return
    this.#isEnding = true
    Promise.resolve(this.#process.stdin.end()).catch(() => undefined)
    const asked = setTimeout(() => this.#process.kill("SIGTERM"), TO_END)
    const ended = setTimeout(() => this.#process.kill("SIGKILL"), 2 * TO_END)
    this.#process.exited.finally(() => {
      clearTimeout(asked)
      clearTimeout(ended)
    })
  }

  kill(): void {
    this.#process.kill("SIGKILL")
  }

  async #read(): Promise<void> {
    const lines = new Lines((line) => this.#events.onLine(line))
    for await (const bytes of this.#process.stdout) if (!lines.push(bytes)) this.kill()
  }

  #ended(): void {
    const { exitCode, signalCode } = this.#process
    this.#events.onExit(exitCode === null ? `it was ended by ${signalCode ?? "a signal"}` : `it ended with ${exitCode}`)
  }
}

function inherited(): Record<string, string> {
  const env: Record<string, string> = {}
  for (const name of ["PATH", "HOME", "LANG", "TMPDIR"]) {
    const value = process.env[name]
    if (value !== undefined) env[name] = value
  }
  return env
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown"

import { join } from "node:path"
import type { KernelCase } from "./files-kernel.fixture.ts"

/** The kernel, asked through a process that becomes the users of the cases. */
export class Kernel {
  #waiting:
    | { readonly resolve: (answers: readonly string[]) => void; readonly reject: (why: Error) => void }
    | undefined
  readonly #child = Bun.spawn([process.execPath, join(import.meta.dir, "files-kernel.fixture.ts")], {
    ipc: (answers) => {
      if (isAnswers(answers)) this.#waiting?.resolve(answers)
    },
    onExit: () => this.#waiting?.reject(new Error("the process that asks the kernel has ended")),
    stdio: ["ignore", "inherit", "inherit"],
  })

  ask(cases: readonly KernelCase[]): Promise<readonly string[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>()
    this.#waiting = { resolve, reject }
    this.#child.send(cases)
    return promise
  }

  stop(): void {
    this.#child.kill()
  }
}

const isAnswers = (value: unknown): value is readonly string[] => Array.isArray(value)

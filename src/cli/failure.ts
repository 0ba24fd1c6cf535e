/** A command that cannot do what was asked: printed without a stack, as it is the caller's to mend. */
export class Failure extends Error {
  override readonly name = "Failure"
  readonly exitCode: number

  constructor(message: string, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/** Says what failed and ends the process at once: what was opened before it failed would keep it. */
export function endWith(error: Error): never {
  process.stderr.write(`${error.message}\n`)
  process.exit(error instanceof Failure ? error.exitCode : 1)
}

import { Failure } from "./failure.ts"

export interface Address {
  readonly hostname: string
  readonly port: number
}

/** What the operating system says, and what is to be done about it. */
const SAID: Readonly<Record<string, (at: string, setting: string) => string>> = {
  EADDRINUSE: (at, setting) =>
    `${at} is taken by another program, so ${setting} cannot be opened there. Stop that program`,
  EADDRNOTAVAIL: (at, setting) => `${at} is no address of this machine, so ${setting} cannot be opened there`,
  EACCES: (at, setting) => `This user may not open ${at} for ${setting}`,
}

/** Opens something at an address. @throws Failure that says what is in the way. */
export async function listening<T>(
  { hostname, port }: Address,
  setting: "the gateway" | "the management side",
  mend: string,
  open: () => T | Promise<T>,
): Promise<T> {
  try {
    return await open()
  } catch (error) {
    const said = SAID[codeOf(error)]
    if (said === undefined) throw error
    throw new Failure(`${said(`${hostname}:${port}`, setting)}, or ${mend}.`)
  }
}

/** The code of a system call's error; empty where there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : ""
}

/** Whether nobody listens there: sockets that share a port would share it with another gateway of this user, too. @throws what listening throws. */
export function mustBeFree({ hostname, port }: Address): void {
  if (port !== 0) Bun.listen({ hostname, port, socket: { data: () => undefined } }).stop(true)
}

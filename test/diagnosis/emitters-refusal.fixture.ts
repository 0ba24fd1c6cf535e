/** A request as it is sent; its client's address is one of this machine's own. */
export interface Asked {
  readonly method?: string
  readonly target: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A refusal that a real server is made to write, and what has to be found out about it. */
export interface Refusal {
  readonly name: string
  /** What stands in the server's own block or virtual host. `TREE` is the directory of files. */
  readonly site: string
  /** What stands outside of it, where it must. */
  readonly around?: string
  readonly asked: Asked
  /** Sent so often; the last is the one asked about. */
  readonly times?: number
  readonly cause: string
  /** Codes that say the same of the same fault, by another name. */
  readonly also?: readonly string[]
  /** Whether the server's own lines, without its configuration, have to lead to the cause. */
  readonly isLogged: boolean
  /** The file below `TREE` whose path a person would list (`namei -l`). */
  readonly listed?: string
  /** Whether the page says who wrote it: not where it is the site's own. */
  readonly isPageOwn: boolean
  /** Whether it cannot be asked by way of another server. */
  readonly isAlone?: boolean
}

type Told = Pick<Refusal, "name" | "cause" | "site"> & Partial<Refusal> & { readonly target?: string }

/** A refusal of GET that the server logs, with a page of its own, unless told otherwise. */
export const refusal = ({ target = "/", ...told }: Told): Refusal => ({
  asked: { target },
  isLogged: true,
  isPageOwn: true,
  ...told,
})

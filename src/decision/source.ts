/** Where a requirement or a value was written down. */
export interface Source {
  /** The file as the operator named it, or `store` for what was made at run time. */
  readonly file: string
  /** From 1; absent where the place is no text. */
  readonly line?: number
  readonly column?: number
  /** The place inside: `services.orders.policies[2].scopes.POST`. With `file` it names the place whatever the line. */
  readonly path: string
}

/** Names the place, not the line: the same requirement met in two clauses is one place to edit. */
export const placeOf = ({ file, path }: Source): string => `${file}#${path}`

export const lineOf = ({ file, line, path }: Source): string =>
  line === undefined ? `${file} ${path}` : `${file}:${line}`

/** A value for each variable of the environment that a configuration reads, all different, long enough for a key. */
export const placeholders = (configuration: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...configuration.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => [
      name,
      `${name.toLowerCase()}-0123456789abcdef`,
    ]),
  )

// Absolute paths without `.`, `..`, double or trailing slashes.

export const childOf = (directory: string, name: string): string =>
  directory === "/" ? `/${name}` : `${directory}/${name}`

/** The root is its own. */
export const parentOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf("/")))

/** Empty for the root. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1)

/** Whether a path is a directory or lies below it. */
export const isBelow = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory === "/" ? "/" : `${directory}/`)

/** An absolute path without `.`, `..` and double slashes; a slash at the end stays. */
export function cleanPath(path: string): string {
  const kept: string[] = []
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue
    if (name === "..") kept.pop()
    else kept.push(name)
  }
  const isOpen = kept.length > 0 && (path.endsWith("/") || path.endsWith("/.") || path.endsWith("/.."))
  return `/${kept.join("/")}${isOpen ? "/" : ""}`
}

/** A path as seen from a directory. */
export const pathFrom = (directory: string, path: string): string =>
  cleanPath(path.startsWith("/") ? path : `${directory}/${path}`)

/** Without the slash at the end, but for the root. */
export const closed = (path: string): string => (path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path)

import type { FileTree } from "../../servers/files/tree.ts"

/** Whole configurations and a file system to look at, beside what was pasted. */
export interface Installation {
  readonly configurations: readonly ConfigurationFiles[]
  /** A live file system or one read from a listing. */
  readonly tree?: FileTree
  /** Name of the user the server runs as, where the configuration does not say. */
  readonly worker?: string
  /** The client's address, where neither the request nor a log says it. */
  readonly client?: string
}

/** Files of one server by path, of which `main` is the one it starts with. */
export interface ConfigurationFiles {
  readonly kind: "nginx" | "httpd"
  readonly main: string
  readonly files: ReadonlyMap<string, string>
}

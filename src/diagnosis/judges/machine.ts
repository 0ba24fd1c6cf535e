import type { Exhibits } from "../../exhibits/exhibits.ts"
import { KnownTree } from "../../servers/files/known-tree.ts"
import { readListing } from "../../servers/files/listing/listing.ts"
import { liveNames, liveReader } from "../../servers/files/live-names.ts"
import { Names } from "../../servers/files/names.ts"
import type { FileTree, Reader } from "../../servers/files/tree.ts"
import type { Installation } from "./installation.ts"

/** A file system as far as it is known, and who the server is in it. */
export interface Machine {
  readonly files: FileTree
  readonly reader: Reader
  readonly names: Names
}

/** This machine, or one that a listing tells of; of nothing given, nothing is known. `user`: as the configuration says. */
export function machineOf({ of }: Exhibits, installation: Installation | undefined, user: string | undefined): Machine {
  const worker = installation?.worker ?? user ?? "www-data"
  const listing = of.files.map((it) => it.text).join("\n")
  if (listing !== "") {
    const names = new Names()
    const { tree } = readListing(listing, { from: of.files[0]?.from ?? "ls", names })
    return { files: tree, names, reader: names.reader(worker) }
  }
  if (installation?.tree !== undefined) {
    const names = liveNames()
    return { files: installation.tree, names, reader: liveReader(worker, names) }
  }
  const names = new Names()
  return { files: new KnownTree(new Map(), new Set()), names, reader: names.reader(worker) }
}

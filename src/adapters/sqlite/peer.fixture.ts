import { Database } from "bun:sqlite"
import { join } from "node:path"
import { openStore } from "./store.ts"

/**
 * Another process on the same store: `create <directory> <name>` prints the secret, `revoke <directory> <name>` nothing;
 * `hold <directory> <file>` keeps a new file of it locked for a moment from when it prints `held`.
 */
const [, , act, directory = "", name = ""] = process.argv

if (act === "hold") {
  const database = new Database(join(directory, name), { create: true })
  database.run("BEGIN IMMEDIATE")
  console.log("held")
  await Bun.sleep(300)
  database.run("ROLLBACK")
  database.close()
} else {
  const store = openStore(directory)
  if (act === "create") console.log(store.keys.create({ name, scopes: ["a"] }).secret)
  else store.keys.revoke(name)
  store.close()
}

import { keyStoreSuite } from "../../ports/keys.suite.ts"
import { ledgerSuite } from "../../ports/ledger.suite.ts"
import type { Opened } from "../../ports/opened.suite.ts"
import { planStoreSuite } from "../../ports/plans.suite.ts"
import { recordStoreSuite } from "../../ports/records.suite.ts"
import type { Store } from "../../ports/store.ts"
import { managementTokenSuite } from "../../ports/tokens.suite.ts"
import { openStore } from "./store.ts"
import { temporaryDirectory } from "./temporary.fixture.ts"

keyStoreSuite("SQLite", (now) => opened((store) => store.keys, now))
recordStoreSuite("SQLite", () => opened((store) => store.records))
planStoreSuite("SQLite", () => opened((store) => store.plans))
ledgerSuite("SQLite", () => opened((store) => store.ledger))
managementTokenSuite("SQLite", () => opened((store) => store.token))

function opened<T>(part: (store: Store) => T, now: () => number = Date.now): Opened<T> {
  const directory = temporaryDirectory()
  const store = openStore(directory.path, { now })
  return {
    subject: part(store),
    close: () => {
      store.close()
      directory.remove()
    },
  }
}

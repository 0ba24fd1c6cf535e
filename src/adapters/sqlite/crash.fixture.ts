import { writeSync } from "node:fs"
import { recordAt } from "../../ports/records.fixture.ts"
import { openStore } from "./store.ts"

/**
 * Makes keys and appends records in the directory it is given until it is killed, and says each once it is done:
 * `step <milliseconds>` when it begins anew, `key <secret>`, and `record <id> <milliseconds>`, by a clock of its own.
 *
 * It goes on by timers, as timers run in the order they are due: what it says 100 ms after a record, it says after the timer
 * that writes the record, however slow the machine is. Within a step no timer runs, so that it is the beginning of the last
 * step that tells how far it has come.
 */
const directory = process.argv[2] ?? ""
const store = openStore(directory)
const run = crypto.randomUUID().slice(0, 8)
let made = 0

const say = (line: string): void => {
  writeSync(1, `${line}\n`)
}

function step(): void {
  say(`step ${performance.now()}`)
  if (++made % 5 === 0) say(`key ${store.keys.create({ name: `${run}-${made}`, scopes: ["a"] }).secret}`)
  for (let i = 0; i < 20; i++) {
    const record = recordAt(Date.now())
    store.records.append(record)
    say(`record ${record.id} ${performance.now()}`)
  }
  setTimeout(step, 2)
}

step()

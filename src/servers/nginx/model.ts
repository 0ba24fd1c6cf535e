import { applyText } from "../apply-text.ts"
import { overlay } from "../files/overlay.ts"
import type { Judgement, Refused } from "../judgement.ts"
import type { Patch } from "../patch.ts"
import type { Candidate, Model } from "../remedies.ts"
import type { ServerRequest } from "../request.ts"
import { candidatesFor } from "./candidates.ts"
import { type NginxConfiguration, type NginxReading, readNginx } from "./configuration.ts"
import { followNginx, type NginxJudgement } from "./judge.ts"
import type { Exchange, NginxMachine } from "./run/exchange.ts"
import type { NginxText } from "./syntax/dump.ts"

/** nginx with a configuration on a machine, as it is or with patches applied. */
export class NginxModel implements Model<Exchange> {
  readonly configuration: NginxConfiguration
  readonly machine: NginxMachine
  readonly #reading: NginxReading

  constructor(
    texts: readonly NginxText[],
    machine: NginxMachine,
    reading: NginxReading = {},
    read = readNginx(texts, reading),
  ) {
    this.configuration = read
    this.machine = machine
    this.#reading = reading
  }

  judge(request: ServerRequest): Judgement<Exchange> {
    return this.follow(request).judgement
  }

  /** The same with what was seen on the way. */
  follow(request: ServerRequest): NginxJudgement {
    return followNginx(this.configuration, this.machine, request)
  }

  patched(patches: readonly Patch[]): NginxModel | undefined {
    const files = overlay(this.machine.files, patches)
    if (files === undefined) return undefined
    const { texts } = this.configuration
    const changed = patchedTexts(texts, patches)
    if (changed === undefined) return undefined
    const isSame = changed === texts
    // A dump was taken apart when it was read: what was complete then is complete now.
    const reading = { ...this.#reading, isComplete: this.configuration.isComplete, ...this.#main() }
    const read = isSame ? this.configuration : readNginx(changed, reading)
    if (read.faults.length > this.configuration.faults.length) return undefined
    return new NginxModel(changed, { ...this.machine, files }, reading, read)
  }

  candidates(request: ServerRequest, refused: Refused<Exchange>): readonly Candidate[] {
    const { configuration, machine } = this
    return request.method === "" ? [] : candidatesFor({ configuration, machine, denial: refused.denial })
  }

  #main(): Pick<NginxReading, "main"> {
    const { main } = this.configuration
    return main === undefined ? {} : { main }
  }
}

function patchedTexts(texts: readonly NginxText[], patches: readonly Patch[]): readonly NginxText[] | undefined {
  let changed = texts
  for (const patch of patches) {
    if (patch.kind !== "text") continue
    const before = changed.find((it) => it.file === patch.file)
    const text = before === undefined ? undefined : applyText(before.text, patch)
    if (text === undefined) return undefined
    changed = changed.map((it) => (it === before ? { file: it.file, text } : it))
  }
  return changed
}

import type { ExplainedRefusal, Judgement } from "../../src/servers/judgement.ts"
import type { Patch } from "../../src/servers/patch.ts"
import type { NamedRequest } from "../../src/servers/remedies.ts"
import type { ServerRequest } from "../../src/servers/request.ts"
import type { Random } from "../random.fixture.ts"
import type { Kind } from "./faults.plant.fixture.ts"
import type { Braces, Site } from "./faults.site.fixture.ts"

/** A judge of a site as it lies on disk. */
export interface Judge {
  /** Undefined for what it does not know. */
  status(request: ServerRequest): number | undefined
  /** Undefined for what is not refused. */
  explain(request: ServerRequest): ExplainedRefusal | undefined
  neighbours(request: ServerRequest): readonly NamedRequest[]
  /** The same with patches applied; undefined where they do not fit. */
  patched(patches: readonly Patch[]): Judge | undefined
}

/** One kind of server, its judge and its faults. */
export interface Stack {
  readonly name: string
  readonly braces: Braces
  readonly kinds: readonly Kind[]
  draw(random: Random, folder: string, port: number, upstream: number): Site
  judge(site: Site): Judge
  start(site: Site): Promise<{ stop(): Promise<void> }>
}

/** What is relayed comes to a program that answers everything with this. */
export const RELAYED = 200

export function statusOf<W>(judged: Judgement<W>): number | undefined {
  switch (judged.kind) {
    case "answers":
    case "refuses":
      return judged.status
    case "relays":
      return RELAYED
    case "unknown":
      return undefined
  }
}

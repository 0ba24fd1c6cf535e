import type { StoredPlan } from "../../config/stored-plan.ts"
import type { Track } from "../../decision/plan.ts"
import { placeOf, type Source } from "../../decision/source.ts"
import { isList } from "../../decision/value.ts"
import { within } from "../../policies/ip-allow/within.ts"
import { AddressSet } from "../../servers/audit/address-set.ts"
import { proposed } from "../../servers/audit/finding.ts"
import { readNetwork } from "../../servers/values/address.ts"
import { type Draft, drafted } from "./finding.ts"

/** One `ip-allow` as it is written. */
interface AllowList {
  readonly networks: readonly string[]
  readonly source: Source
}

/** Lists of networks that admit everybody, hold a network twice, or never decide. */
export function* networks({ plan }: StoredPlan): Generator<Draft> {
  const tracks = [...new Set(plan.tracks.values())].map(listsOf)
  const lists = new Map(tracks.flat().map((it) => [placeOf(it.source), it]))
  for (const [place, list] of lists) {
    if (addressesOf(list.networks).union(AddressSet.sockets()).isAll) {
      yield drafted("gateway/addresses-all-admitted", list.source, {
        why: `the networks of this list are every address there is: ${list.networks.slice(0, 6).join(", ")}`,
        effect: "refuses nobody, against what it is there for",
        change: proposed("Name the networks that are meant, or remove `ip-allow`"),
      })
      continue
    }
    for (const network of contained(list.networks))
      yield drafted("gateway/network-contained", list.source, {
        why: `${network} lies in the other networks of the list`,
        effect: "admits nobody whom they do not",
        takes: network,
        change: proposed(`Take ${network} out of the list`),
      })
    const where = tracks.filter((it) => it.some(({ source }) => placeOf(source) === place))
    if (where.every((it) => isIdle(it, place)))
      yield drafted("gateway/policy-never-decides", list.source, {
        why: "wherever this list is asked, another `ip-allow` admits only addresses of it",
        effect: "refuses nobody whom the other does not",
        change: proposed("Remove it, or narrow it"),
      })
  }
}

const listsOf = ({ clauses }: Track<never>): readonly AllowList[] =>
  clauses.flatMap(({ checks }) =>
    checks.flatMap(({ check: { relation, requirement } }) =>
      relation.name === within.name && requirement.kind === "written" && isList(requirement.value)
        ? [{ networks: requirement.value, source: requirement.source }]
        : [],
    ),
  )

/** The addresses that are in one of the networks, as `within` decides it. */
function addressesOf(written: readonly string[]): AddressSet {
  const set = AddressSet.none()
  for (const it of written) {
    const network = readNetwork(it)
    if (network !== undefined) set.add(AddressSet.of(network))
  }
  return set
}

/** Networks without which a list admits the same; all of them may go together. */
export function contained(written: readonly string[]): readonly string[] {
  let kept = [...written]
  const idle: string[] = []
  for (const network of written.toReversed()) {
    const without = kept.toSpliced(kept.lastIndexOf(network), 1)
    if (without.length === 0 || !addressesOf(without).covers(addressesOf([network]))) continue
    kept = without
    idle.unshift(network)
  }
  return idle
}

/** Whether the other lists of a track admit only addresses of this one. */
function isIdle(lists: readonly AllowList[], place: string): boolean {
  const [own] = lists.filter((it) => placeOf(it.source) === place)
  const others = lists.filter((it) => placeOf(it.source) !== place)
  if (own === undefined || others.length === 0) return false
  const admitted = others.reduce((set, it) => set.intersect(addressesOf(it.networks)), AddressSet.all())
  return addressesOf(own.networks).covers(admitted)
}

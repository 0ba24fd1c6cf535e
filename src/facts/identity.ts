import { type ReadFact, readFact } from "../decision/fact.ts"
import { type CredentialPlace, placeName, type World } from "./world.ts"

/** The facts a credential gives rise to, for one list of places it may stand in. */
export interface IdentityFacts {
  readonly places: readonly CredentialPlace[]
  /** Where a credential stands; null when none does. */
  readonly credential: ReadFact<string | null, World>
  /** Told to operators only: to anyone else a revoked key is as unknown as one that never was. */
  readonly status: ReadFact<string, World>
  readonly scopes: ReadFact<readonly string[], World>
}

export function identityFacts(places: readonly CredentialPlace[]): IdentityFacts {
  return {
    places,
    credential: readFact({
      name: "key.place",
      since: "identity",
      party: "caller",
      shownTo: "anonymous",
      read: (world: World) => {
        const identity = world.identify(places)
        return identity.kind === "none" ? null : identity.place
      },
    }),
    status: readFact({
      name: "key.status",
      since: "identity",
      party: "operator",
      shownTo: "operator",
      read: (world: World): string => {
        const identity = world.identify(places)
        return identity.kind === "known" ? identity.key.status : "unknown"
      },
      source: (world) => keyOf(world, places)?.source,
    }),
    scopes: readFact({
      name: "key.scopes",
      since: "identity",
      party: "operator",
      shownTo: "owner",
      read: (world: World): readonly string[] => keyOf(world, places)?.scopes ?? [],
      source: (world) => keyOf(world, places)?.source,
    }),
  }
}

function keyOf(world: World, places: readonly CredentialPlace[]) {
  const identity = world.identify(places)
  return identity.kind === "known" ? identity.key : undefined
}

/** Where a key is looked for unless a policy says otherwise. */
export const DEFAULT_PLACES: readonly CredentialPlace[] = [{ kind: "header", name: "X-API-Key" }, { kind: "bearer" }]

export const placesName = (places: readonly CredentialPlace[]): string => places.map(placeName).join(" or ")

import { fetchedFact, readFact } from "../decision/fact.ts"
import type { World } from "./world.ts"

/** Bytes of the body that were read to be judged. */
export const modelLength = fetchedFact({
  name: "model.length",
  since: "content",
  party: "caller",
  shownTo: "anonymous",
  fetch: async (world: World): Promise<number> => (await world.modelRequest()).length,
})
export const modelBody = fetchedFact({
  name: "model.body",
  since: "content",
  party: "caller",
  shownTo: "anonymous",
  fetch: async (world: World): Promise<string> => (await world.modelRequest()).body,
})
export const modelName = fetchedFact({
  name: "model.name",
  since: "content",
  party: "caller",
  shownTo: "anonymous",
  fetch: async (world: World) => (await world.modelRequest()).model,
})
/** What is asked of the model: `chat`, `embeddings`; empty for an address that says nothing of the kind. */
export const modelOperation = readFact({
  name: "model.operation",
  since: "route",
  party: "caller",
  shownTo: "anonymous",
  read: (world: World): string => world.modelOperation,
})
/** What of the request is not what its dialect says, with its place; null where it was read, or did not have to be. */
export const modelFault = fetchedFact({
  name: "model.fault",
  since: "content",
  party: "caller",
  shownTo: "anonymous",
  fetch: async (world: World) => (await world.modelRequest()).fault,
})
/** What no target can be told of the request, where its model refuses to leave anything out; else null. */
export const modelLosses = fetchedFact({
  name: "model.losses",
  since: "content",
  party: "caller",
  shownTo: "anonymous",
  fetch: async (world: World) => (await world.modelRequest()).losses,
})
/** Why none of the model's targets is for the call; else null. */
export const modelUntargeted = fetchedFact({
  name: "model.untargeted",
  since: "content",
  party: "caller",
  shownTo: "owner",
  fetch: async (world: World) => (await world.modelRequest()).untargeted ?? null,
})
export const providerFault = readFact({
  name: "provider.fault",
  since: "upstream",
  party: "nobody",
  shownTo: "anonymous",
  read: (world: World): string => world.providerFault,
})
/** The provider's words. They may tell of the account behind the gateway. */
export const providerSeen = readFact({
  name: "provider.seen",
  since: "upstream",
  party: "nobody",
  shownTo: "operator",
  read: (world: World): string => world.providerSeen,
})

import {
  type DerivedFact,
  derivedFact,
  type FetchedFact,
  fetchedFact,
  type ReadFact,
  readFact,
} from "../decision/fact.ts"
import { UNKNOWN, type Value } from "../decision/value.ts"
import { upstreamFault, upstreamSeen } from "./request.ts"
import type { CredentialPlace, Identity, World } from "./world.ts"

/**
 * What can be wrong with a message of the Model Context Protocol before it is asked what it wants. Each has a cause of the
 * same name under `src/causes/mcp/`.
 */
export const MCP_FAULTS = [
  "origin-not-allowed", // a browser's page of another site
  "message-unreadable", // no JSON-RPC message
  "envelope-invalid", // a stateless request that lacks what each has to say of itself
  "header-mismatch", // fields that say other than the body
  "version-unsupported", // a revision this gateway does not speak
  "session-missing", // neither a session nor a stateless request
  "session-unknown", // a session that ended, never was, or is another key's
  "method-unknown", // a method this gateway does not pass on
] as const
export type McpFaultCode = (typeof MCP_FAULTS)[number]

/** What a message of the Model Context Protocol says, in so far as deciding needs it. */
export interface McpRequest {
  /** Bytes of the body; where it is more than may be held, the number at which reading stopped. */
  readonly length: number
  readonly fault: McpFaultCode | "none"
  /** What was seen of the fault; empty without one. Never a credential. */
  readonly seen: string
  /** By the name callers use; null for other methods than `tools/call`. */
  readonly tool: string | null
  /** Null for other methods than `prompts/get`. */
  readonly prompt: string | null
  /** The server's prefix and the resource's own URI; null for other methods than reading and subscribing. */
  readonly resource: string | null
  /** The tool where there is one of its name, else those most like it, of those `allowed` says may be called. */
  meant(allowed: (tool: string) => boolean): Promise<readonly string[]>
}

const CALLERS = { since: "content", party: "caller", shownTo: "anonymous" } as const

/** Bytes of the body that were read to be judged. */
export const mcpLength = fetchedFact({
  ...CALLERS,
  name: "mcp.length",
  fetch: async (world: World): Promise<number> => (await world.mcpRequest()).length,
})
/** What follows is at hand once the length is known, as the message has been read by then. */
const said = <T extends Value>(name: string, of: (read: McpRequest) => T): ReadFact<T, World> =>
  readFact({
    ...CALLERS,
    name,
    read: ({ mcpRead }: World) => (mcpRead === undefined ? UNKNOWN : of(mcpRead)),
  })
const mcpFault = said<string>("mcp.fault", ({ fault }) => fault)
const mcpSeen = said<string>("mcp.seen", ({ seen }) => seen)
export const mcpTool = said("mcp.tool", ({ tool }) => tool)
export const mcpPrompt = said("mcp.prompt", ({ prompt }) => prompt)
export const mcpResource = said("mcp.resource", ({ resource }) => resource)

/** What was seen of one fault of a message; null when that fault is not there. */
export const mcpFaultOf = (code: McpFaultCode): DerivedFact<string | null> =>
  derivedFact({
    name: `mcp.${code}`,
    since: "content",
    party: "caller",
    shownTo: "anonymous",
    from: [mcpFault, mcpSeen],
    derive: (fault: Value, seen: Value) => (fault === code ? String(seen) : null),
  })

/** What became of the server that was asked; null where it answered. May name hosts behind the gateway. */
export const mcpServerFault: DerivedFact<string | null> = derivedFact({
  name: "mcp.server-fault",
  since: "upstream",
  party: "nobody",
  shownTo: "operator",
  from: [upstreamFault, upstreamSeen],
  derive: (fault: Value, seen: Value) => (fault === "none" ? null : `${fault}: ${seen}`),
})

const AS_SCOPE = "tool:"

/**
 * Patterns of what a key may use. A key made at run time has no `tools`, and is given them as scopes: `tool:files__*` is the
 * pattern `files__*`. A key that is not in force has none.
 */
export function toolPatternsOf(identity: Identity): readonly string[] {
  if (identity.kind !== "known" || identity.key.status !== "active") return []
  const { tools = [], scopes } = identity.key
  const asScopes = scopes.flatMap((it) => (it.startsWith(AS_SCOPE) ? [it.slice(AS_SCOPE.length)] : []))
  return asScopes.length === 0 ? tools : [...tools, ...asScopes]
}

/** What a key is given of tools, prompts and resources. */
export interface KeyToolFacts {
  readonly tools: ReadFact<readonly string[], World>
  readonly meant: FetchedFact<readonly string[], World>
}

/** `allowed`: whether patterns stand for a tool. `everyones`: patterns that need no key. */
export function keyToolFacts(
  places: readonly CredentialPlace[],
  everyones: readonly string[],
  allowed: (patterns: readonly string[], tool: string) => boolean,
): KeyToolFacts {
  const toolsOf = (world: World): readonly string[] => toolPatternsOf(world.identify(places))
  return {
    tools: readFact({
      name: "key.tools",
      since: "identity",
      party: "operator",
      shownTo: "owner",
      read: toolsOf,
      source: (world) => {
        const identity = world.identify(places)
        return identity.kind === "known" ? (identity.key.toolsSource ?? identity.key.source) : undefined
      },
    }),
    meant: fetchedFact({
      name: "mcp.meant",
      since: "content",
      party: "nobody",
      shownTo: "owner",
      fetch: async (world: World): Promise<readonly string[]> => {
        const tools = toolsOf(world)
        const { meant } = await world.mcpRequest()
        return meant((tool) => allowed(tools, tool) || allowed(everyones, tool))
      },
    }),
  }
}

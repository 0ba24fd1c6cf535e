import { accessPromptNotAllowed } from "../causes/access/prompt-not-allowed.ts"
import { accessResourceNotAllowed } from "../causes/access/resource-not-allowed.ts"
import { accessToolNotAllowed } from "../causes/access/tool-not-allowed.ts"
import { contentBodyTooLarge } from "../causes/content/body-too-large.ts"
import { internalUnreadable } from "../causes/internal/unreadable.ts"
import { mcpEnvelopeInvalid } from "../causes/mcp/envelope-invalid.ts"
import { mcpHeaderMismatch } from "../causes/mcp/header-mismatch.ts"
import { mcpMessageUnreadable } from "../causes/mcp/message-unreadable.ts"
import { mcpMethodUnknown } from "../causes/mcp/method-unknown.ts"
import { mcpOriginNotAllowed } from "../causes/mcp/origin-not-allowed.ts"
import { mcpServerUnavailable } from "../causes/mcp/server-unavailable.ts"
import { mcpSessionMissing } from "../causes/mcp/session-missing.ts"
import { mcpSessionUnknown } from "../causes/mcp/session-unknown.ts"
import { mcpToolUnknown } from "../causes/mcp/tool-unknown.ts"
import { mcpVersionUnsupported } from "../causes/mcp/version-unsupported.ts"
import type { Cause } from "../decision/cause.ts"
import { type Clause, check, following, written } from "../decision/check.ts"
import { absent, atMost } from "../decision/relations.ts"
import type { Source } from "../decision/source.ts"
import type { NonEmpty } from "../decision/value.ts"
import { DEFAULT_PLACES, type IdentityFacts } from "../facts/identity.ts"
import {
  keyToolFacts,
  MCP_FAULTS,
  type McpFaultCode,
  mcpFaultOf,
  mcpLength,
  mcpPrompt,
  mcpResource,
  mcpServerFault,
  mcpTool,
} from "../facts/mcp.ts"
import type { World } from "../facts/world.ts"
import { allows } from "../mcp/allows.ts"
import { among } from "../mcp/among.ts"
import { matchesOneOf } from "../mcp/matches-one-of.ts"
import { matchesGlob } from "../text/glob.ts"
import type { McpSettings } from "./mcp-schema.ts"

const deny = { deny: internalUnreadable }
const CAUSES: { readonly [C in McpFaultCode]: Cause } = {
  "origin-not-allowed": mcpOriginNotAllowed,
  "message-unreadable": mcpMessageUnreadable,
  "envelope-invalid": mcpEnvelopeInvalid,
  "header-mismatch": mcpHeaderMismatch,
  "version-unsupported": mcpVersionUnsupported,
  "session-missing": mcpSessionMissing,
  "session-unknown": mcpSessionUnknown,
  "method-unknown": mcpMethodUnknown,
}
const FAULTS = MCP_FAULTS.map((code) => ({ cause: CAUSES[code], fact: mcpFaultOf(code) }))

/** Where parts of `mcp` are written. */
export interface McpSources {
  readonly servers: Source
  readonly tools: Source
  readonly message: Source
}

/** What a message meets before it is asked for whom it is: that it is one, and whole. */
export const messageClauses = (largest: number, { servers, message }: McpSources): readonly Clause<World>[] => [
  {
    stage: "content",
    cause: contentBodyTooLarge,
    anyOf: [check(mcpLength, atMost, following(largest, message, "anonymous"))],
    whenUnknown: deny,
  },
  ...FAULTS.map(
    ({ cause, fact }): Clause<World> => ({
      stage: "content",
      cause,
      anyOf: [check(fact, absent, following(null, servers, "anonymous"))],
      whenUnknown: deny,
    }),
  ),
  {
    stage: "upstream",
    cause: mcpServerUnavailable,
    anyOf: [check(mcpServerFault, absent, following(null, servers, "operator"))],
    whenUnknown: deny,
  },
]

/** What is asked of a key: that it was given what is asked for, and that there is such a tool. */
export function toolClauses(
  identity: IdentityFacts | undefined,
  { tools: everyones }: McpSettings,
  { servers, tools: at }: McpSources,
): readonly Clause<World>[] {
  const held = keyToolFacts(identity?.places ?? DEFAULT_PLACES, everyones, anyMatches)
  const asked = [
    { fact: mcpTool, cause: accessToolNotAllowed },
    { fact: mcpPrompt, cause: accessPromptNotAllowed },
    { fact: mcpResource, cause: accessResourceNotAllowed },
  ]
  return [
    ...asked.map(({ fact, cause }): Clause<World> => {
      const byKey = check(held.tools, allows, { kind: "fact", fact, source: servers })
      const anyOf: NonEmpty<typeof byKey> =
        everyones.length === 0 ? [byKey] : [byKey, check(fact, matchesOneOf, written(everyones, at, "anonymous"))]
      return { stage: "content", cause, anyOf, whenUnknown: deny }
    }),
    {
      stage: "content",
      cause: mcpToolUnknown,
      anyOf: [check(mcpTool, among, { kind: "fact", fact: held.meant, source: servers })],
      whenUnknown: deny,
    },
  ]
}

export const anyMatches = (patterns: readonly string[], name: string): boolean =>
  patterns.some((it) => matchesGlob(it, name))

/** The stateless revision: every request says all of itself. */
export const STATELESS = "2026-07-28"

/** Revisions with a handshake and sessions, newest first. */
export const WITH_SESSIONS: readonly string[] = ["2025-11-25", "2025-06-18", "2025-03-26"]
export const NEWEST_WITH_SESSIONS = "2025-11-25"

/** How a side talks: each request for itself, or in sessions begun by `initialize`. */
export type Era = "stateless" | "sessions"

/** The revision a session gets that asked for `asked`: that one where it is known, else the newest (2025-11-25, Lifecycle). */
export const negotiated = (asked: string | undefined): string =>
  asked !== undefined && WITH_SESSIONS.includes(asked) ? asked : NEWEST_WITH_SESSIONS

/** Reserved names in `_meta` (specification 2026-07-28, Overview, General fields). */
export const META = {
  version: "io.modelcontextprotocol/protocolVersion",
  clientInfo: "io.modelcontextprotocol/clientInfo",
  capabilities: "io.modelcontextprotocol/clientCapabilities",
  logLevel: "io.modelcontextprotocol/logLevel",
  serverInfo: "io.modelcontextprotocol/serverInfo",
  subscription: "io.modelcontextprotocol/subscriptionId",
} as const

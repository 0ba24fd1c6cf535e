import { assemble, type Piece } from "../../src/exhibits/assemble.ts"
import type { Exhibits, Part } from "../../src/exhibits/exhibits.ts"
import type { Observed } from "./emitters-stage.fixture.ts"

/** What is given of an observation. */
const VIEWS = {
  all: ["request", "headers", "body", "log", "config", "files"],
  "answer and log": ["request", "headers", "body", "log"],
  log: ["log"],
  answer: ["headers", "body"],
} as const satisfies Readonly<Record<string, readonly Part[]>>
export type View = keyof typeof VIEWS

/** `others`: lines about other requests, which stand before those of the server. */
export function exhibitsOf(seen: Observed, view: View, others: readonly string[] = []): Exhibits {
  const wanted: readonly Part[] = VIEWS[view]
  return assemble(pieces(seen, others).filter(({ part, text }) => wanted.includes(part) && text !== ""))
}

function pieces({ exchange, error, access, front, configuration, listing }: Observed, others: readonly string[]) {
  const piece = (part: Part, from: string, text: string): Piece => ({ part, from, text })
  return [
    piece("request", "request", exchange.request),
    piece("headers", "response_headers", exchange.head),
    piece("body", "response_body", exchange.body),
    piece("log", "error.log", [...others, ...error].join("\n")),
    piece("log", "access.log", access.join("\n")),
    piece("log", "front.log", front.join("\n")),
    piece("config", "config", configuration),
    piece("files", "ls", listing),
  ]
}

import { foreignCause } from "../cause.ts"

export const clientFragmentInUrlTruncatedPath = foreignCause({
  code: "client/fragment-in-url-truncated-path",
  emitter: "client",
  isNoMatterOfRights: true,
  title: "The address holds an unencoded #, so that everything after it was never sent",
  why: "What follows # in an address is for the client alone. The server is asked for the shorter path before it, which may belong to nobody or to something that is not open.",
  fix: [{ by: "caller", does: "Write # in a path or query as `%23`", admits: "nobody else" }],
  sources: ["https://www.rfc-editor.org/rfc/rfc3986#section-3.5", "https://github.com/dotnet/aspnetcore/issues/2307"],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "the address that was asked for has a # in it, and what follows is not sent",
      all: [{ in: ["request"], text: /(?:https?:\/\/[^\s"'#]{1,400}|^[A-Z]{3,7} \/[^\s#]{0,400})#[^\s"']/m }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the report speaks of a # in the address",
      all: [
        {
          in: ["symptom"],
          text: /(?:\bhash(?:tag| ?sign| ?mark| character)?\b|\bfragment\b|\bpound sign\b|["'`(]#["'`)]|%23)/i,
        },
        { in: ["symptom"], text: /\b(?:url|uri|address|path|key|name|link)\b/i },
      ],
    },
    {
      weight: "slight",
      basis: "memory",
      says: "the path arrives shorter than it was written",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:truncat\w*|cut off|stripped|shorter)\b[^\n]{0,40}\b(?:path|url|uri)\b|\b(?:path|url|uri)\b[^\n]{0,40}\b(?:truncat\w*|cut off|stripped)\b/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "documented",
      says: "a gateway of AWS that finds no route has a cause of its own",
      all: [{ in: ["body", "request", "symptom"], text: /execute-api|Missing Authentication Token|API Gateway/i }],
    },
  ],
})

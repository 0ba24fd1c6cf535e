import { foreignCause } from "../cause.ts"

export const clientWrongListenerAirplay5000 = foreignCause({
  code: "client/wrong-listener-airplay-5000",
  emitter: "client",
  isNoMatterOfRights: true,
  title: "Another program answers on the port: the AirPlay receiver of macOS",
  why: "From macOS 12 on, the AirPlay receiver listens on ports 5000 and 7000. A development server on that port does not get the requests, or only those to one of the loopback's addresses; the receiver answers 403 to what is not AirPlay.",
  fix: [
    { by: "caller", does: "Let the development server listen on another port", admits: "nobody else" },
    {
      by: "caller",
      does: "Turn off the AirPlay receiver in the system settings (General, AirDrop and Handoff)",
      admits: "nobody else",
    },
  ],
  unwise: ["Changing the application's CORS or security settings: it never saw the request"],
  ask: {
    question: "What does `lsof -nP -iTCP:5000 -sTCP:LISTEN` print, and does the answer say `Server: AirTunes`?",
    why: "ControlCenter on that port, or AirTunes in the answer, proves it.",
  },
  sources: [
    "https://developer.apple.com/forums/thread/682332",
    "https://github.com/firebase/codelab-friendlychat-web/issues/653",
    "https://github.com/Clinical-Genomics/scout/issues/5212",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "only the AirPlay receiver gives this name",
      all: [{ in: ["headers", "body", "log", "symptom"], text: /\bAirTunes\b/ }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "the report names the receiver",
      all: [{ in: ["symptom", "log"], text: /\bAirPlay\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the request goes to the receiver's port on this machine",
      all: [{ in: ["request", "symptom"], text: /(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]):(?:5000|7000)\b/i }],
      none: [
        { in: ["headers", "body", "log"], text: /(?:^|\n)server: ?(?!AirTunes)[^\n]|csrf|traceback|jenkins|crumb/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a Mac and port 5000 together",
      all: [
        { in: ["symptom"], text: /\b(?:mac ?os|osx|monterey|ventura|sonoma|sequoia|tahoe|macbook|mac)\b/i },
        { in: ["symptom", "request"], text: /\b(?:5000|7000)\b/ },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "port 5000 is Flask's, Firebase's and .NET's usual port",
      all: [
        { in: ["symptom"], text: /\b(?:flask|firebase|dotnet|serverless|asp\.net|docker registry)\b/i },
        { in: ["symptom", "request"], text: /\b(?:5000|7000)\b/ },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "the receiver exists on macOS only",
      all: [{ in: ["symptom"], text: /\b(?:mac ?os|monterey|ventura|sonoma|sequoia|macbook)\b/i }],
    },
    {
      weight: "against",
      basis: "observed",
      says: "another server's name stands in the answer",
      all: [{ in: ["headers"], text: /(?:^|\n)server: ?(?!AirTunes)\w/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the port is one that macOS listens at",
      all: [{ in: ["symptom", "request"], text: /\bport (?:5000|7000)\b|(?:localhost|127\.0\.0\.1):(?:5000|7000)\b/i }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /nginx|permission denied|crumb|registry|docker push/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a program of one's own on a Mac is not reached, something else answers",
      all: [
        { in: ["symptom"], text: /\b(?:mac ?os|osx|monterey|ventura|sonoma|sequoia|macbook|macs?)\b/i },
        {
          in: ["symptom"],
          text: /\bdev(?:elopment)? server\b|\blocalhost\b|\blocally\b|\bfrontend\b|\bflask\b|\bnpm\b|\bdebug\b|\btutorial\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /nginx|apache|httpd|valet|\.htaccess|csrf|crumb|permission denied/i,
        },
      ],
    },
  ],
})

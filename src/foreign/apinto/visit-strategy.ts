import { foreignCause } from "../cause.ts"

export const apintoVisitStrategy = foreignCause({
  code: "apinto/visit-strategy",
  emitter: "apinto",
  title: "A visit strategy of Apinto refuses the request",
  why: "A strategy allows or refuses what its filters match. One that allows a set of requests refuses all others under its filters; the answer's body is empty.",
  fix: [
    {
      by: "operator",
      does: "Widen the strategy's effective range to this request, or order another strategy before it",
      admits: "the requests that range describes",
    },
  ],
  unwise: ["Stopping the strategy admits all that it kept out"],
  ask: {
    question: "Which strategies match this request, in order of priority?",
    why: "The first that does not continue decides",
  },
  sources: ["eolinker/apinto drivers/strategy/visit-strategy/actuator.go"],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "a visit strategy of Apinto",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\bvisit[-_ ]strateg(?:y|ies)\b|\bvisit_rule\b|\binfluence_sphere\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "strategies behind Apinto",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bapinto\b|\bapipark\b/i },
        { in: ["symptom", "config", "log"], text: /\bstrateg(?:y|ies)\b|策略/i },
      ],
    },
    {
      weight: "slight",
      basis: "source",
      says: "Apinto is named",
      all: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bapinto\b/i }],
    },
  ],
})

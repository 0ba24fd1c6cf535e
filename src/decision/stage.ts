/** The order in which a request is judged. A check may only read facts known by its stage. */
export const STAGES = [
  "wire", // what the bytes say before they are a request
  "edge", // who connects
  "route", // what is asked for
  "identity", // who asks
  "access", // whether they may
  "quota", // how much is left
  "content", // what they send, as far as it is known before it is forwarded
  "body", // what they send, while it flows
  "upstream", // what became of the forwarded request
  "answer", // what the answer holds, before it is passed on
] as const
export type Stage = (typeof STAGES)[number]

/**
 * The moments at which clauses are judged: all before forwarding, again while a body flows, again when an upstream failed,
 * again when there is something of an answer to judge.
 */
export const PHASES = ["request", "body", "upstream", "answer"] as const
export type Phase = (typeof PHASES)[number]

export const stageRank = (stage: Stage): number => STAGES.indexOf(stage)

export const phaseOf = (stage: Stage): Phase =>
  stage === "body" || stage === "upstream" || stage === "answer" ? stage : "request"

export const phaseRank = (phase: Phase): number => PHASES.indexOf(phase)

/** The phase whose clauses are judged before those of this one. */
export function phaseBefore(phase: Exclude<Phase, "request">): Phase {
  switch (phase) {
    case "body":
      return "request"
    case "upstream":
      return "body"
    case "answer":
      return "upstream"
  }
}

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
] as const
export type Stage = (typeof STAGES)[number]

/** The moments at which clauses are judged: all before forwarding, again while a body flows, again when an upstream failed. */
export const PHASES = ["request", "body", "upstream"] as const
export type Phase = (typeof PHASES)[number]

export const stageRank = (stage: Stage): number => STAGES.indexOf(stage)

export const phaseOf = (stage: Stage): Phase => (stage === "body" || stage === "upstream" ? stage : "request")

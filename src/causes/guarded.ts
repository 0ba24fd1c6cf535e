import type { Told } from "../decision/cause.ts"

/** Which side a guardrail looked at, by its fact's name: the beginning of a sentence. */
export const guardedSide = ({ fact }: Told): string => (/\.answer\.v\d+$/.test(fact) ? "The answer" : "The request")

/** `sensitive-data-2` of `guardrail.sensitive-data-2.request.v1`. */
export const guardrailIn = ({ fact }: Told): string => fact.split(".")[1] ?? "guardrail"

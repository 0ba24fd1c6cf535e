/** What a model takes, as its name tells. */
export interface ModelTraits {
  /** `thinking` of a number of tokens. */
  readonly takesBudget: boolean
  /** `thinking` that the model measures out itself, with an effort. */
  readonly takesAdaptive: boolean
  readonly takesXhigh: boolean
  /** Thinking can be turned off. */
  readonly canNotThink: boolean
  /** `temperature`, `top_p` and `top_k`. */
  readonly takesSampling: boolean
  /** `temperature` and `top_p` at once. */
  readonly takesBothSampling: boolean
  /** Sampling and forced tools are refused while it thinks. */
  readonly isStrictWhileThinking: boolean
  /** `tool_choice` of `any` or `tool`. */
  readonly takesForcedTools: boolean
  /** Instructions after the conversation began. */
  readonly takesSystemTurns: boolean
  /** Tokens of an answer, where the request tells no limit; Anthropic asks for one. */
  readonly answerTokens: number
}

/** Models of other makers that speak this format: the Messages API as it was at Claude 3.7. */
const OTHERS: ModelTraits = {
  takesBudget: true,
  takesAdaptive: false,
  takesXhigh: false,
  canNotThink: true,
  takesSampling: true,
  takesBothSampling: true,
  isStrictWhileThinking: false,
  takesForcedTools: true,
  takesSystemTurns: false,
  answerTokens: 8192,
}

const VERSION = /claude-(?:([a-z]+)-)?(\d+)(?:[-.](\d{1,2})(?!\d))?/

/**
 * After Anthropic's migration guides ("Migrating to Claude Opus 4.7", "to Claude Opus 5"), AWS's page on adaptive thinking and
 * the table of capabilities in `@ai-sdk/anthropic`. Names without a number are taken for the newest.
 */
export function modelTraits(model: string): ModelTraits {
  if (!model.includes("claude")) return OTHERS
  const [, line = "", major = "9", minor = "0"] = VERSION.exec(model) ?? []
  const version = Number(major) * 100 + Number(minor)
  const isOpen = line === "fable" || line === "mythos"
  return {
    takesBudget: version >= 307 && version < 407,
    takesAdaptive: version >= 406,
    takesXhigh: version >= 407,
    canNotThink: !(isOpen || (version >= 505 && line !== "haiku")),
    takesSampling: version < 407,
    takesBothSampling: version < 401,
    isStrictWhileThinking: true,
    takesForcedTools: !((isOpen && version >= 501) || (version >= 505 && line !== "haiku")),
    takesSystemTurns: version >= 500 || (version >= 408 && line === "opus"),
    answerTokens: version < 305 ? 4096 : version < 307 ? 8192 : 32_000,
  }
}

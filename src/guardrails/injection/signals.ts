/** What an attempt to take a model over shows itself by. Names are told to operators and stored in records. */
export const INJECTION_SIGNALS = [
  "override", // earlier orders are to be dropped
  "new-orders", // others are given
  "reveal-prompt", // the operator's orders are asked for
  "exfiltration", // what was said before is to be repeated, or put into an address
  "persona", // the model is to be somebody without rules
  "jailbreak", // by phrases that went around
  "role-marker", // marks by which a model tells speakers apart
  "delimiter", // lines that pretend the prompt ends
  "hidden-text", // for models, not for eyes
  "tool-result", // a document that speaks to the model
  "steal", // secrets are to be sent somewhere
  "encoded", // one of these inside Base64
] as const
export type InjectionSignal = (typeof INJECTION_SIGNALS)[number]

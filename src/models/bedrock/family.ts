/** Whose model it is, since Converse has no place for some options and each maker has its own. */
export type Family = "claude" | "nova" | "openai" | "mistral" | "cohere" | "other"

/** By the id of a model or of a system-defined inference profile; an application's own profile tells nothing. */
export function familyOf(model: string): Family {
  if (model.includes("claude")) return "claude"
  if (model.includes("amazon.nova")) return "nova"
  if (model.includes("openai.")) return "openai"
  if (model.includes("mistral.")) return "mistral"
  return model.includes("cohere.") ? "cohere" : "other"
}

/** Families that have a prompt cache and read the status of tool results, as the reference of Converse says. */
export const isMarkable = (family: Family): boolean => family === "claude" || family === "nova"

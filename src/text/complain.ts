import { z } from "zod"

/**
 * Refuses a value whose form is right and whose meaning is not. The message goes on where the value ends ("has …", "is
 * …") and may not hold any of it, since it may be a secret; what does is a hint, which is dropped for a secret.
 */
export function complain(
  context: z.RefinementCtx,
  input: unknown,
  message: string,
  params: { readonly expected?: string; readonly hint?: string } = {},
): never {
  context.addIssue({ code: "custom", input, message, params: { ...params, continues: true } })
  return z.NEVER
}

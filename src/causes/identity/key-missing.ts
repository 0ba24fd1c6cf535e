import { cause } from "../../decision/cause.ts"

export const identityKeyMissing = cause({
  code: "identity/key-missing",
  status: 401,
  title: "The request carries no key",
  explain: ([it]) =>
    `The route asks for a key${it.required === undefined ? "" : `, in ${it.required}`}, and none was sent.`,
  fix: [
    { by: "caller", does: "Send your key in the field named in `WWW-Authenticate` or in the detail" },
    { by: "operator", does: "Make a key with `pinpoint keys create`" },
  ],
})

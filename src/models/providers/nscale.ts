import type { Provider } from "../provider.ts"

/** Address and paths as in Portkey-AI/gateway src/providers/nscale. */
export const nscale: Provider = {
  name: "nscale",
  title: "Nscale",
  home: "https://www.nscale.com",
  reference: "https://docs.nscale.com/docs/inference/chat",
  format: "openai-chat",
  url: "https://inference.api.nscale.com/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    images: "/images/generations",
  },
  keyVariables: ["NSCALE_API_KEY"],
}

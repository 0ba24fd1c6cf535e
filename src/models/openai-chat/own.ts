import type { WireFormat } from "../wire-format.ts"

/** Whether what a format wrote can go back as OpenAI's chat: Azure speaks it too. */
export const isChat = (format: WireFormat): boolean => format === "openai-chat" || format === "azure-openai"

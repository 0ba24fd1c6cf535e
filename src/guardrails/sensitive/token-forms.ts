import { isAlphanumeric, isDigit, isLower, isUpper } from "../characters.ts"

/** A credential known by how it begins, and how many of which characters follow at least. */
export interface TokenForm {
  readonly prefix: string
  readonly least: number
  of(code: number): boolean
}

const isWord = (code: number): boolean => isAlphanumeric(code) || code === 45 || code === 95
const isCapital = (code: number): boolean => isUpper(code) || isDigit(code)
const isHex = (code: number): boolean => isDigit(code) || (code >= 97 && code <= 102)
const isSmall = (code: number): boolean => isLower(code) || isDigit(code)

const forms = (of: TokenForm["of"], least: number, prefixes: string): readonly TokenForm[] =>
  prefixes.split(" ").map((prefix) => ({ prefix, least, of }))

/** As the makers document them, and as GitHub's secret scanning and gitleaks look for them. */
export const TOKEN_FORMS: readonly TokenForm[] = [
  ...forms(isWord, 20, "sk-proj- sk-svcacct- sk-admin- sk-ant- sk-or-v1- sk-lf- pk-lf-"), // OpenAI, Anthropic, OpenRouter, Langfuse
  ...forms(isAlphanumeric, 32, "sk-"),
  ...forms(isCapital, 16, "AKIA ASIA ABIA ACCA AROA AIDA AGPA AIPA ANPA ANVA"), // Amazon
  ...forms(isAlphanumeric, 30, "ghp_ gho_ ghu_ ghs_ ghr_ npm_ hf_ xai- gsk_ r8_"), // GitHub, npm, Hugging Face, xAI, Groq, Replicate
  ...forms(isWord, 22, "github_pat_ glpat- pplx- nvapi- tvly- dapi ya29. GOCSPX- pypi-AgE"),
  ...forms(isWord, 33, "AIza"), // Google
  ...forms(isWord, 10, "xoxb- xoxp- xoxa- xoxr- xoxs- xoxe- xoxe.xox xapp-"), // Slack
  ...forms(isAlphanumeric, 16, "sk_live_ sk_test_ rk_live_ rk_test_ whsec_"), // Stripe
  ...forms(isHex, 32, "dop_v1_ doo_v1_ shpat_ shpss_ shpca_ shppa_ key-"), // DigitalOcean, Shopify, Mailgun
  ...forms(isWord, 16, "SG."), // SendGrid
  ...forms(isCapital, 50, "AGE-SECRET-KEY-1"),
  ...forms(isSmall, 32, "lin_api_ ntn_ figd_ sbp_"), // Linear, Notion, Figma, Supabase
]

/** What may follow inside the same token. */
export const isInToken = isWord

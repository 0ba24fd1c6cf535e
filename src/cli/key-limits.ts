import { keyFacts } from "../management/key-facts.ts"
import type { Key } from "../ports/keys.ts"
import type { Membership, PlainLimits } from "../ports/model-limits.ts"
import { type NanoUsd, usd } from "../ports/money.ts"
import { Failure } from "./failure.ts"

/** What a key may use of models, as the command line tells it. */
export interface LimitOptions {
  readonly team?: string
  readonly tenant?: string
  readonly models?: string
  readonly requestsPerMinute?: string
  readonly tokensPerMinute?: string
  readonly budgetDay?: string
  readonly budgetMonth?: string
}

export const membershipOf = ({ team, tenant }: LimitOptions): Membership => ({
  ...(team !== undefined && { team }),
  ...(tenant !== undefined && { tenant }),
})

export function limitsOf(options: LimitOptions): PlainLimits {
  const { models, requestsPerMinute, tokensPerMinute, budgetDay, budgetMonth } = options
  return {
    ...(models !== undefined && { models: models.split(/[\s,]+/).filter((it) => it !== "") }),
    ...(requestsPerMinute !== undefined && { requestsPerMinute: countOf("--requests-per-minute", requestsPerMinute) }),
    ...(tokensPerMinute !== undefined && { tokensPerMinute: countOf("--tokens-per-minute", tokensPerMinute) }),
    ...(budgetDay !== undefined && { dollarsPerDay: moneyOf("--budget-day", budgetDay) }),
    ...(budgetMonth !== undefined && { dollarsPerMonth: moneyOf("--budget-month", budgetMonth) }),
  }
}

/** What a key may use, as the end of a sentence. */
export function limitsSaid(key: Key): string {
  const { team, tenant, models, limits = {}, budget = {} } = keyFacts(key)
  const parts = [
    ...(team === undefined ? [] : [`is of the team ${team}`]),
    ...(tenant === undefined ? [] : [`is of the tenant ${tenant}`]),
    models === undefined ? "may call every model" : `may call ${models.join(", ") || "no model"}`,
    ...(limits.requestsPerMinute === undefined ? [] : [`${limits.requestsPerMinute} times a minute`]),
    ...(limits.tokensPerMinute === undefined ? [] : [`with ${limits.tokensPerMinute} tokens a minute`]),
    ...(budget.day === undefined ? [] : [`for $${budget.day} a day`]),
    ...(budget.month === undefined ? [] : [`for $${budget.month} a month`]),
  ]
  return parts.join(", ")
}

function countOf(option: string, text: string): number {
  const count = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(count)) return count
  throw new Failure(`${option} takes a whole number from 0, not "${text}".`)
}

function moneyOf(option: string, text: string): NanoUsd {
  try {
    return usd(text)
  } catch (error) {
    if (error instanceof RangeError) throw new Failure(`${option} takes US dollars such as 5 or 50.25, not "${text}".`)
    throw error
  }
}

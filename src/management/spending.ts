import type { Ledger, Reservation } from "../ports/ledger.ts"
import { dollars } from "../ports/money.ts"

/** `GET /spending`: what is spent of every budget, in dollars as text, and which calls' true cost was never told. */
export function spendingAnswer(ledger: Ledger): Response {
  const accounts = ledger.accounts().map(({ account, spent, reserved }) => {
    const [period = "", ...holder] = account.split(" ")
    return { period, holder: holder.join(" "), spent: dollars(spent), reserved: dollars(reserved) }
  })
  return Response.json(
    { accounts, underWay: ledger.open().map(told), settledByEstimate: ledger.settledByEstimate().map(told) },
    { headers: { "cache-control": "no-store" } },
  )
}

const told = ({ estimate, ...call }: Reservation) => ({ ...call, estimate: dollars(estimate) })

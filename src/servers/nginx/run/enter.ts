import type { Settings } from "../settings/settings.ts"
import type { Exchange } from "./exchange.ts"

/** The block at hand from here on, or what it holds for methods it excepts (`ngx_http_update_location_config`). */
export function enter(exchange: Exchange, settings: Settings): void {
  const { limitExcept } = settings
  const inner =
    limitExcept === undefined || limitExcept.methods.includes(exchange.method) ? settings : limitExcept.settings
  exchange.settings = inner
  if (inner.handler !== undefined) exchange.handler = inner.handler
}

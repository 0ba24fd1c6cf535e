import { z } from "zod"

/** Methods a route may name (RFC 9110 §9, RFC 5789). CONNECT is no request to a service, and TRACE shows a caller what proxies add. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const
export const METHOD = z.enum(METHODS)
export type Method = (typeof METHODS)[number]

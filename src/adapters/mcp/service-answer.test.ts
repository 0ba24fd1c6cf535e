import { expect, test } from "bun:test"
import { Client } from "../../http/client.ts"

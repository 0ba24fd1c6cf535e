import { readFileSync } from "node:fs"
import type { ForeignCause } from "./cause.ts"
import { k8sRbacWrongApiGroup } from "./k8s/rbac-wrong-api-group.ts"
import { nginxAuthBasicFileMissing } from "./nginx/auth-basic-file-missing.ts"
import { nginxProxied403 } from "./nginx/proxied-403.ts"
import { type PackedCause, unpacked } from "./packed-cause.ts"
import { upstreamSecondHopDenied } from "./upstream/second-hop-denied.ts"

/** Causes with a test of their own beside texts: these are loaded as they are. A test of the packing knows of each. */
const WITH_TESTS: readonly ForeignCause[] = [
  k8sRbacWrongApiGroup,
  nginxAuthBasicFileMissing,
  nginxProxied403,
  upstreamSecondHopDenied,
]

// Only ASCII stands in it, so that it is read as it is: an import would go through it twice more.
const rows: readonly PackedCause[] = JSON.parse(readFileSync(new URL("./packed.gen.txt", import.meta.url), "latin1"))

/**
 * Every cause of another system, as the files beside this say, from one file: loading hundreds of files, and compiling
 * thousands of patterns of which a case needs a few, took longer than the diagnosis.
 */
export const FOREIGN_CAUSES: readonly ForeignCause[] = [...rows.map(unpacked), ...WITH_TESTS]

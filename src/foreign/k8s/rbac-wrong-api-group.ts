import type { Exhibit, Exhibits } from "../../exhibits/exhibits.ts"
import { foreignCause } from "../cause.ts"
import type { Sight } from "../clue.ts"

/** A rule of a role in the configuration that has the refused resource and not the refused group. */
const listedElsewhere = {
  see({ of }: Exhibits): Sight | undefined {
    for (const refused of refusals([...of.body, ...of.log, ...of.symptom]))
      for (const { from, text } of of.config) {
        const quote = groupsElsewhere(refused, text)
        if (quote !== undefined) return { from, quote }
      }
    return undefined
  },
}

interface Refused {
  readonly resource: string
  readonly group: string
}

/** Quotes come escaped once or twice where a log holds them in a string. */
const REFUSED =
  /cannot \w{3,20} resource \\{0,3}"(?<resource>[a-z]{1,60})[a-z/]{0,40}\\{0,3}" in API group \\{0,3}"(?<group>[a-z0-9.-]{0,100})\\{0,3}"/

/** The different refusals told, no more than `MOST_REFUSALS`: each is looked for in every rule. */
function refusals(exhibits: readonly Exhibit[]): Iterable<Refused> {
  const found = new Map<string, Refused>()
  for (const { text } of exhibits) {
    const { resource, group = "" } = REFUSED.exec(text)?.groups ?? {}
    if (resource !== undefined) found.set(`${resource}.${group}`, { resource, group })
    if (found.size >= MOST_REFUSALS) break
  }
  return found.values()
}
const MOST_REFUSALS = 8

/** The groups of the first rule with this resource, unless that rule or another has it under its own group too. */
function groupsElsewhere({ resource, group }: Refused, text: string): string | undefined {
  const listed = new RegExp(`\\bresources["']?\\s{0,3}:[^:]{0,2000}\\b${resource}\\b`)
  const named = group === "" ? /""|''/ : new RegExp(`["'\\s,[]${group.replaceAll(".", "\\.")}(?:["'\\s,\\]]|$)`)
  let elsewhere: string | undefined
  for (const rule of text.split(/(?=\bapiGroups["']?\s{0,3}:)/, MOST_RULES)) {
    const groups = /^apiGroups["']?\s{0,3}:[^:]{0,400}/.exec(rule)?.[0].replace(/["']?\w{1,40}["']?\s{0,3}$/, "")
    if (groups === undefined || !listed.test(rule)) continue
    if (groups.includes("*") || named.test(groups)) return undefined
    elsewhere ??= groups.trimEnd()
  }
  return elsewhere
}
const MOST_RULES = 500

export const k8sRbacWrongApiGroup = foreignCause({
  code: "k8s/rbac-wrong-api-group",
  emitter: "kubernetes",
  title: "A rule names the verb and resource, but under another API group than the request",
  why: "Resources are granted per group. When a kind moves, as Ingress did from `extensions` to `networking.k8s.io` and Deployment to `apps`, rules on the old group no longer match. The core group is the empty string.",
  fix: [
    {
      by: "operator",
      does: "Add the group of the message to the rule's `apiGroups`, beside the old one while both are served",
      admits: "that account, on that resource",
    },
  ],
  unwise: [
    '`apiGroups: ["*"]` with `resources: ["*"]` grants every kind there is and will be',
    "Binding the account to cluster-admin gives it every right on every object of the cluster",
  ],
  ask: {
    question: "Under which `apiGroups` does the account's role list the resource of the message?",
    why: "If it is listed under another group, the group is wrong; if it is not listed, the rule is missing",
  },
  sources: [
    "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/",
    "https://github.com/kubernetes/ingress-nginx/issues/4296",
    "https://github.com/ministryofjustice/cloud-platform-environments/pull/2663",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "a rule lists the resource under another API group than the one refused",
      all: [listedElsewhere],
    },
    {
      weight: "strong",
      basis: "case",
      says: "an API group is missing, old or wrong",
      all: [
        {
          in: ["symptom"],
          text: /\bapi ?-?groups?\b[^\n]{0,80}\b(?:wrong|old|missing|only|lists?|moved|replaced|changed|deprecated|renamed|instead)\b|\b(?:wrong|old|missing|moved|replaced|changed|deprecated|new|instead of)\b[^\n]{0,60}\bapi ?-?groups?\b|networking\.k8s\.io[^\n]{0,40}\bextensions\b|\bextensions\b[^\n]{0,60}networking\.k8s\.io/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the resource has moved between API groups, and the newer one is refused",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /resource \\{0,3}"(?:ingresses|networkpolicies|ingressclasses|deployments|daemonsets|replicasets|statefulsets|poddisruptionbudgets|endpointslices|cronjobs|leases|events)\\{0,3}"[^\n]{0,30} in API group \\{0,3}"(?:networking\.k8s\.io|apps|policy|discovery\.k8s\.io|batch|coordination\.k8s\.io|events\.k8s\.io)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a resource that moved between API groups is refused since a new version",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:upgrad|updat|migrat)\w{0,5}\b|\bnew(?:er)? version\b|\bk(?:ubernete|8)s 1\.\d\d/i,
        },
        {
          in: ["body", "log", "symptom"],
          text: /(?:ingress|networkpolic|deployment|daemonset|replicaset|endpointslice|cronjob|lease|event)\w{0,5}\.?[\w.]{0,30} is forbidden|\bforbidden\b[^\n]{0,40}\b(?:ingress|networkpolic|deployment|daemonset|replicaset|endpointslice|cronjob|lease|event)|resource \\{0,3}"(?:ingress|networkpolic|deployment|daemonset|replicaset|endpointslice|cronjob|lease|event)/i,
        },
        {
          in: ["body", "log", "symptom"],
          text: /networking\.k8s\.io|"apps|\\"apps|policy|discovery\.k8s\.io|batch|coordination\.k8s\.io|events\.k8s\.io/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "it began with a new version of the cluster or controller",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:upgrad|updat|migrat)\w{0,5}\b|\bnew(?:er)? version\b|\bk(?:ubernete|8)s 1\.\d\d/i,
        },
        { in: ["body", "log", "symptom"], text: /cannot \w{3,20} resource/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the role names another API group than is asked for",
      all: [
        { in: ["symptom"], text: /\bgroups?\b/i },
        {
          in: ["symptom"],
          text: /\bextensions\b|\bapps\b|networking\.k8s\.io|\bpolicy\b[^\n]{0,12}\bgroup|\bbatch\b/i,
        },
        { in: ["symptom"], text: /\bk8s\b|\bkube\w{0,10}|\brole\b|\bcluster\b/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "ingresses moved to networking.k8s.io, and roles that still name extensions do not cover them",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\b(?:ingresses|networkpolicies|deployments|daemonsets|replicasets)\.(?:networking\.k8s\.io|apps) is forbidden|resource \\{0,3}"(?:ingresses|ingressclasses)\\{0,3}"[^\n]{0,30} in API group \\{0,3}"networking\.k8s\.io/i,
        },
      ],
      none: [{ in: ["symptom"], text: /\bno (?:role|clusterrole)\b|\brole lacks\b|\bdefault service ?account\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a role of an older release is used with a newer one",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:old|older|previous|existing)\b[^\n]{0,20}\b(?:cluster ?)?roles?\b|\b(?:cluster ?)?roles?\b[^\n]{0,30}\b(?:old|older|previous) (?:release|version|chart)/i,
        },
        { in: ["body", "log", "symptom"], text: /is forbidden|cannot \w{3,20} resource/i },
      ],
    },
  ],
})

import { foreignCause } from "../cause.ts"

export const nginxLinkLoop = foreignCause({
  code: "nginx/link-loop",
  emitter: "nginx",
  title: "Links on the way to the file lead in a circle",
  isNoMatterOfRights: true,
  why: "The kernel follows at most forty links on one way and then gives up with ELOOP, which nginx answers with 403. Links that lead to each other never end.",
  fix: [
    {
      by: "operator",
      does: "Let one of the links lead to what is there",
      admits: "everyone, to that file",
    },
  ],
  ask: {
    question: "Where does `namei -l` of the path stop, and what do the links there point to?",
    why: "A way that comes back to a link it has passed never ends.",
  },
  sources: [
    "https://man7.org/linux/man-pages/man7/path_resolution.7.html",
    "https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_static_module.c",
  ],
  clues: [
    {
      weight: "fair",
      basis: "source",
      says: "the kernel gave up following links",
      all: [{ in: ["log", "symptom"], text: /failed \(40: Too many levels of symbolic links\)/i }],
      none: [{ in: ["config", "symptom"], text: /\bdisable_symlinks\b(?![ \t]+off)/i }],
    },
  ],
})

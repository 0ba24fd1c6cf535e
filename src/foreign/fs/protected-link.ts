import { foreignCause } from "../cause.ts"

export const fsProtectedLink = foreignCause({
  code: "fs/protected-link",
  emitter: "filesystem",
  title: "The kernel does not follow a link that another user put into a directory open to all",
  why: "In a sticky directory that everyone may write to, such as /tmp, a link is followed only for its owner or where it belongs to the directory's owner (`fs.protected_symlinks`). Otherwise any user could lead a program of another to a file of their choice.",
  fix: [
    {
      by: "operator",
      does: "Put the link, or the files themselves, into a directory that only the site's owner may write to",
      admits: "the server's user, to those files",
    },
    {
      by: "operator",
      does: "Make the link belong to the directory's owner: `chown -h`",
      admits: "every user of the host, to pass that link",
    },
  ],
  unwise: ["sysctl fs.protected_symlinks=0: every program on the host follows links planted by others"],
  ask: {
    question: "What does `namei -l` print for the file's path?",
    why: "A link inside a directory with mode drwxrwxrwt that belongs to another user is what the kernel refuses.",
  },
  sources: [
    "https://docs.kernel.org/admin-guide/sysctl/fs.html#protected-symlinks",
    "https://github.com/torvalds/linux/blob/master/fs/namei.c",
  ],
  clues: [
    {
      weight: "fair",
      basis: "documented",
      says: "a link lies in a directory that is sticky and open to all",
      all: [
        { in: ["files"], text: /drwxrwxrwt/ },
        { in: ["files"], text: /lrwxrwxrwx/ },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the kernel's protection of links is spoken of",
      all: [{ in: ["log", "symptom", "config"], text: "protected_symlinks" }],
    },
  ],
})

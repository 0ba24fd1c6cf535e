import { foreignCause } from "../cause.ts"

export const apacheFileUnreadable = foreignCause({
  code: "apache/file-unreadable",
  emitter: "apache",
  title: "Apache httpd may not read the file itself",
  why: "Every directory on the way lets httpd's user through, and the file's own mode does not let it read. Files uploaded or written by another user under a strict umask are like that.",
  fix: [
    {
      by: "operator",
      does: "Give httpd's user alone the right to read that file: `setfacl -m u:www-data:r`",
      admits: "httpd's user",
    },
    {
      by: "operator",
      does: "Have whoever writes these files write them with a group that httpd is in, and mode 640",
      admits: "members of that group",
    },
  ],
  unwise: ["chmod -R 777: everyone on the host can write the site"],
  ask: {
    question: "What does `ls -l` say of the file that the error line names?",
    why: "Its mode, owner and group against httpd's user decide.",
  },
  sources: ["https://github.com/apache/httpd/blob/trunk/server/core.c"],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "httpd writes this where the file's own mode refuses",
      all: [{ in: ["log", "symptom", "body"], text: /AH00132|file permissions deny server access/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the listing shows a file that only its owner may read, and httpd answers",
      all: [
        { in: ["files"], text: /^-rw-(?:r-----|------)/m },
        { in: ["symptom", "log", "body", "config", "headers"], text: /apache|httpd/i },
      ],
    },
  ],
})

import { foreignCause } from "../cause.ts"

export const apachePathNotSearchable = foreignCause({
  code: "apache/path-not-searchable",
  emitter: "apache",
  title: "Apache httpd may not search a directory on the way to the file",
  why: "To reach a file, httpd's user needs the right to search (x) each directory above it. Where one refuses, httpd says so and names the path, not the directory; the directory is the first without x for that user, most often a home directory.",
  fix: [
    {
      by: "operator",
      does: "Find the first directory without x with `namei -l`, and add it for httpd's user: `setfacl -m u:www-data:x`",
      admits: "httpd's user, to pass through that directory",
    },
    {
      by: "operator",
      does: "Put the site below a directory that httpd may search, such as /var/www",
      admits: "httpd's user, to the site's files",
    },
  ],
  unwise: ["chmod -R 777: everyone on the host can write the site"],
  ask: {
    question: "What does `namei -l` say for the path that the error line names?",
    why: "The first directory without x for httpd's user is the one.",
  },
  sources: [
    "https://github.com/apache/httpd/blob/trunk/server/request.c",
    "https://cwiki.apache.org/confluence/display/HTTPD/13PermissionDenied",
  ],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "httpd writes this where it may not search a directory on the way",
      all: [
        { in: ["log", "symptom", "body"], text: /AH00035|search permissions are missing on a component of the path/i },
      ],
    },
    {
      weight: "slight",
      basis: "source",
      says: "the line carries httpd's own number for it",
      all: [{ in: ["log", "symptom"], text: "AH00035" }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "the operating system refused httpd the path",
      all: [{ in: ["log", "symptom"], text: /\(13\)Permission denied:[^\n]{0,120}access to [^\n]{1,200} denied/i }],
    },
    {
      weight: "rules-out",
      basis: "source",
      says: "the kernel names its policy as what refused",
      all: [{ in: ["log"], text: /avc:[ ]{1,2}denied|apparmor="DENIED"/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "httpd's own number for it, and the path is none of a home directory",
      all: [
        {
          in: ["log", "symptom"],
          text: /AH00035: access to [^\n]{1,300} denied(?! \(filesystem path '\/(?:root|home|Users)\b)/i,
        },
      ],
      none: [{ in: ["log", "config"], text: /filesystem path '\/(?:root|home|Users)\//i }],
    },
  ],
})

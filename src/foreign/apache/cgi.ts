import { foreignCause } from "../cause.ts"

export const apacheCgi = foreignCause({
  code: "apache/cgi",
  emitter: "apache",
  title: "Programs may not be run in this directory of Apache httpd",
  why: "A file that is handled as a CGI program is run only where `Options` holds `ExecCGI` or a `ScriptAlias` leads there; a directory is never run. Elsewhere a program somebody uploaded would run.",
  fix: [
    {
      by: "operator",
      does: "Add `Options +ExecCGI` to the one directory that holds the programs",
      admits: "everyone, to run the programs there; whoever may write there runs code",
    },
    { by: "caller", does: "Ask for the program by its name, not for its directory", admits: "nobody else" },
  ],
  unwise: [
    "`Options +ExecCGI` for the whole site: every uploaded file may be run",
    "chmod 777 on the programs: everyone on the host can change them",
  ],
  ask: {
    question: "Does `Options` of the directory that holds the program contain `ExecCGI`?",
    why: "Without it httpd runs nothing there, whatever the file's mode.",
  },
  sources: [
    "https://github.com/apache/httpd/blob/trunk/modules/generators/mod_cgi.c",
    "https://github.com/apache/httpd/blob/trunk/modules/generators/mod_cgid.c",
    "https://httpd.apache.org/docs/2.4/howto/cgi.html",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "httpd writes this where programs may not be run",
      all: [
        {
          in: ["log", "symptom", "body"],
          text: /AH02809|AH01262|AH0281[02]|AH01265|AH01261|Options ExecCGI is off in this directory|attempt to invoke directory as script|attempt to include NPH CGI script/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "programs in a directory are spoken of",
      all: [
        {
          in: ["symptom", "config", "request", "log"],
          text: /\bcgi-bin\b|\bExecCGI\b|\bAddHandler[ \t]+(?:cgi-script|fcgid-script)|\bmod_fcgid\b|\.cgi\b/i,
        },
      ],
      none: [{ in: ["log"], text: /AH0(?:0|163|179|127)\d*/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a script of Apache's is refused",
      all: [
        { in: ["symptom"], text: /\bcgi\b/i },
        { in: ["symptom", "body", "headers", "log"], text: /\bapache2?\b|\bhttpd\b/i },
      ],
      none: [{ in: ["log"], text: /AH0(?!28|126)\d{4}/ }],
    },
  ],
})

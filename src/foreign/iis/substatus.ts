import { foreignCause } from "../cause.ts"

export const iisSubstatus = foreignCause({
  code: "iis/substatus",
  emitter: "iis",
  title: "IIS refused the request, and its substatus says why",
  why: "IIS writes a number behind 403: .1 to .3 execute, read or write not allowed, .4 and .5 TLS asked for, .6 the address, .7, .12, .13, .16, .17 the client certificate, .14 no default document and no listing, .18 the application pool, .502 too many requests from an address. The page shows it to local clients only; the log has it as sc-substatus.",
  fix: [
    {
      by: "operator",
      does: "Read sc-substatus in the log and mend that one thing: a default document for .14, the address list for .6, the certificate for .7, .13, .16 and .17, https for .4",
      admits: "whom that one change names",
    },
    {
      by: "operator",
      does: "Grant the identity of the application pool read on the one directory, where the substatus is 0 and the file system refuses",
      admits: "that application pool",
    },
    {
      by: "caller",
      does: "Ask for a file by its name, over https, with the certificate that is asked for",
      admits: "nobody else",
    },
  ],
  unwise: [
    "Turning directory browsing on for 403.14: everyone can list the files",
    "Granting Everyone full control: every user of the host can write the site",
  ],
  ask: {
    question: "What do sc-substatus and sc-win32-status say in the log for the request?",
    why: "Each number is another cause.",
  },
  sources: [
    "https://learn.microsoft.com/troubleshoot/developer/webapps/iis/www-administration-management/http-status-code",
    "https://technet.microsoft.com/en-us/library/cc737788(v=ws.10).aspx",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the page or log names a substatus of IIS",
      all: [{ in: ["body", "log", "symptom"], text: /\b403\.(?:1[0-9]|2[0-2]?|[1-9]|50[1-3])\b(?!\.\d)/ }],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "the page is IIS's own",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Forbidden: Access is denied\.|You do not have permission to view this directory or page|Web server is configured to not list the contents of this directory|Internet Information Services/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the answer or log is that of IIS",
      all: [
        {
          in: ["headers", "symptom", "config", "log", "body"],
          text: /Microsoft-IIS|\bIIS\b|\bsc-substatus\b|web\.config|<ipSecurity|applicationHost|app(?:lication)? ?pool/i,
        },
      ],
      none: [{ in: ["body", "log"], text: /antiforgery|CSRF|ModSecurity/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an application on Windows' own web server",
      all: [
        { in: ["symptom"], text: /\bwindows server\b|\basp\.net\b|\bapp(?:lication)? pool\b|\bvirtual directory\b/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /antiforgery|csrf|apache|nginx|xampp|wamp|docker/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the page is IIS's own, in another language",
      all: [
        {
          in: ["body", "symptom"],
          text: /403 ?[-–] ?(?:Verboten|Prohibido|Interdit|禁止访问)[^\n]{0,40}(?:Zugriff verweigert|acceso denegado|acc[èe]s refus|访问被拒绝)|(?:HTTP-Fehler|Erreur HTTP|Error HTTP|HTTP 错误) 403\.\d|secured with Secure Sockets Layer/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the log has a status, a substatus and an error of Windows, as IIS logs them",
      all: [{ in: ["log"], text: / 403 (?:[1-9]|1\d|2[0-2]|50[1-3]) \d{1,10} \d{1,8}(?:[ \r\n]|$)/ }],
      none: [{ in: ["log"], text: /haproxy|HTTP\/[12]/ }],
    },
  ],
})

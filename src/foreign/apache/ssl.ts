import { foreignCause } from "../cause.ts"

export const apacheSsl = foreignCause({
  code: "apache/ssl",
  emitter: "apache",
  title: "The connection does not have the TLS that Apache httpd asks for",
  why: "`SSLRequireSSL`, `SSLRequire`, a client certificate asked for in a directory, or a virtual host that needs the name in the TLS greeting (SNI) refuse with 403. With TLS 1.3 a certificate can be asked for later only of clients that offer it, and over HTTP/2 never.",
  fix: [
    {
      by: "caller",
      does: "Use https, send the host name in the TLS greeting, and offer the client certificate",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Put `SSLVerifyClient` on the virtual host, so that the certificate is asked for at the start",
      admits: "clients with a certificate of that authority",
    },
    {
      by: "operator",
      does: "Hold that virtual host to TLS 1.2 and HTTP/1.1, where the certificate must be asked for by directory",
      admits: "clients with a certificate of that authority",
    },
  ],
  unwise: ["`SSLVerifyClient none`: everyone is let in without a certificate"],
  ask: {
    question: "Is it a client certificate that the directory asks for, and does it work over TLS 1.2?",
    why: "Asking later works up to TLS 1.2, and with TLS 1.3 only where the client offers it.",
  },
  sources: [
    "https://github.com/apache/httpd/blob/trunk/modules/ssl/ssl_engine_kernel.c",
    "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslverifyclient",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "mod_ssl writes this where the connection lacks what is asked of it",
      all: [
        {
          in: ["log", "symptom", "body"],
          text: /AH02219|AH02229|AH0226[1-4]|AH10158|AH02033|cannot perform post-handshake authentication|SSL connection required|SSL requirement expression not fulfilled|Re-negotiation handshake failed|No hostname was provided via SNI/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "httpd's page says what the TLS connection lacks",
      all: [
        {
          in: ["body", "symptom"],
          text: /Cannot perform Post-Handshake Authentication|did not provide a hostname using Server Name Indication/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the configuration asks for TLS or a client certificate",
      all: [
        {
          in: ["config"],
          text: /^[ \t]*(?:SSLVerifyClient[ \t]+(?:require|optional)|SSLRequireSSL|SSLRequire\b|Require[ \t]+ssl|SSLStrictSNIVHostCheck[ \t]+on)/im,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a client certificate or TLS 1.3 is spoken of",
      all: [
        { in: ["symptom"], text: /client cert(?:ificate)?|\bmtls\b|TLS ?1\.3|post[- ]handshake|\bSNI\b/i },
        { in: ["symptom", "log", "body", "config"], text: /apache|httpd|mod_ssl|SSLVerify/i },
      ],
    },
  ],
})

import { foreignCause } from "../cause.ts"

export const selinuxWrongContext = foreignCause({
  code: "selinux/wrong-context",
  emitter: "selinux",
  title: "SELinux keeps the web server from files with a type that is not for it",
  why: "Under SELinux a web server reads only files whose type is meant for it, such as `httpd_sys_content_t`. Files that were moved (not copied) from a home directory, or lie outside /var/www, keep or get another type and are refused, whatever their mode.",
  fix: [
    {
      by: "operator",
      does: "Write the type for that directory with `semanage fcontext -a -t httpd_sys_content_t 'DIR(/.*)?'`, and apply it with `restorecon -Rv DIR`",
      admits: "the web server, to read those files",
    },
    {
      by: "operator",
      does: "Give `httpd_sys_rw_content_t` to those directories alone that the application writes",
      admits: "the web server, to write those files",
    },
  ],
  unwise: [
    "`setenforce 0`: no program of the host is confined any more",
    "chmod 777: SELinux refuses still, and everyone can write",
  ],
  ask: {
    question: "What do `ls -Z` for the file and `ausearch -m avc -ts recent` say?",
    why: "The kernel writes each refusal with the types of process and file.",
  },
  sources: [
    "https://docs.podman.io/en/latest/markdown/podman-run.1.html",
    "https://github.com/owncloud-archive/documentation/issues/1126",
    "https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/9/html/using_selinux/troubleshooting-problems-related-to-selinux_using-selinux",
    "https://man7.org/linux/man-pages/man8/restorecon.8.html",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "the kernel wrote that SELinux denied the web server a file",
      all: [
        { in: ["log", "symptom"], text: /avc:[ ]{1,2}denied/i },
        {
          in: ["log", "symptom"],
          text: /comm="?(?:httpd|nginx|apache2|php-fpm|caddy)|scontext=\w{1,40}:\w{1,40}:httpd_/i,
        },
        { in: ["log", "symptom"], text: /tclass=(?:file|dir|lnk_file)/i },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the type is one that no setting opens to a web server",
      all: [
        {
          in: ["log", "files", "symptom"],
          text: /\b(?:unlabeled_t|default_t|var_t|tmp_t|admin_home_t|user_tmp_t|usr_t|etc_t|mnt_t|container_file_t|var_lib_t|file_t|root_t)\b/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "SELinux and web content are spoken of",
      all: [
        {
          in: ["symptom", "config"],
          text: /\bselinux\b|\bsetenforce\b|\brestorecon\b|\bchcon\b|\bsemanage\b|httpd_sys_(?:rw_)?content_t/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the host is one where SELinux is on from the start, and the modes are right",
      all: [
        {
          in: ["symptom", "headers", "body", "log"],
          text: /\b(?:cent ?os|rhel|red ?hat|fedora|rocky|alma(?:linux)?|oracle ?linux)[ -]?\d{0,2}\b/i,
        },
        { in: ["symptom", "log", "body"], text: /permission|\(13\b|forbidden|403/i },
      ],
      none: [
        {
          in: ["log"],
          text: /denied by server configuration|access forbidden by rule|directory index of|No matching DirectoryIndex/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "observed",
      says: "setroubleshoot names what SELinux prevents",
      all: [
        { in: ["log", "symptom"], text: /SELinux is preventing [^\n]{0,60}(?:httpd|nginx|apache|php-fpm|caddy)\b/i },
      ],
      none: [{ in: ["log", "symptom"], text: /enabling the '?\w+'? boolean|setsebool/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the host is one where SELinux is on from the start, and its web server does not get files",
      all: [
        {
          in: ["symptom", "log"],
          text: /\b(?:cent ?os|rhel|red ?hat|fedora|rocky|alma(?:linux)?|oracle ?linux)[ -]?\d{0,2}\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:css|images?|static|scripts?|assets?|files?|web ?server|nginx|apache|httpd|web interface)\b/i,
        },
      ],
      none: [
        {
          in: ["log"],
          text: /denied by server configuration|access forbidden by rule|directory index of|No matching DirectoryIndex/,
        },
        { in: ["symptom", "body", "log", "headers", "config"], text: /docker|container|csrf|proxy|kube/i },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "files that were moved keep the label of the place they come from",
      all: [
        { in: ["symptom"], text: /\bmv\b|\bmoved\b[^\n]{0,40}\bfrom\b[^\n]{0,20}(?:\bhome\b|\/home|\/root|\/tmp)/ },
        { in: ["symptom"], text: /httpd|nginx|apache|\/var\/www/i },
        { in: ["symptom"], text: /\bchmod\b|\b(?:755|644|777)\b|permissions? (?:are|is|look)/i },
      ],
      none: [{ in: ["log"], text: /AH01630|denied by server configuration/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "a container on a host with SELinux is refused what is mounted without a label of its own",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\bpodman\b|\bdocker\b|\bcontainers?\b|\bvolumes?\b|\bmount\w{0,3}\b/i,
        },
        {
          in: ["symptom", "config", "log"],
          text: /\b(?:cent ?os|rhel|red ?hat|fedora|rocky|alma(?:linux)?|oracle ?linux|coreos)[ -]?\d{0,2}\b/i,
        },
        { in: ["symptom", "log"], text: /permission denied|\(13: |\bdenied\b/i },
        { in: ["symptom", "config", "log"], text: /\bvolumes?:|\bmount\w{0,3}\b|:ro\b|-v /i },
      ],
      none: [{ in: ["log"], text: /denied by server configuration|access forbidden by rule/ }],
    },
  ],
})

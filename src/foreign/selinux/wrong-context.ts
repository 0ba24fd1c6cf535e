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
  ],
})

import { foreignCause } from "../cause.ts"

export const selinuxBooleanOff = foreignCause({
  code: "selinux/boolean-off",
  emitter: "selinux",
  title: "SELinux has a switch for what the web server wants to do, and it is off",
  why: "Reading home directories, network file systems and the like, and opening connections, is refused to web servers until a boolean of the policy allows it.",
  fix: [
    {
      by: "operator",
      does: "Turn on the one boolean, as in `setsebool -P httpd_read_user_content 1`, `httpd_enable_homedirs`, `httpd_use_nfs` or `httpd_can_network_connect`",
      admits: "the web server, to everything that boolean covers",
    },
    {
      by: "operator",
      does: "Move the files to /var/www and run `restorecon`, where only they are needed",
      admits: "the web server, to those files",
    },
  ],
  unwise: ["`setenforce 0`: no program of the host is confined any more"],
  ask: {
    question: "What does `ausearch -m avc -ts recent | audit2why` say?",
    why: "It names the boolean that would allow it, where there is one.",
  },
  sources: [
    "https://man7.org/linux/man-pages/man8/setsebool.8.html",
    "https://linux.die.net/man/8/httpd_selinux",
    "https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/9/html/using_selinux/troubleshooting-problems-related-to-selinux_using-selinux",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "SELinux denied the web server a type for which there is a boolean",
      all: [
        { in: ["log", "symptom"], text: /avc:[ ]{1,2}denied/i },
        {
          in: ["log", "symptom"],
          text: /tcontext=\w{1,40}:\w{1,40}:(?:user_home_t|user_home_dir_t|home_root_t|nfs_t|cifs_t|fusefs_t|samba_share_t|public_content_t)\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "SELinux denied the web server a connection",
      all: [{ in: ["log", "symptom"], text: /avc:[ ]{1,2}denied[ ]{1,2}\{ name_connect \}/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "a boolean of SELinux is spoken of",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\bsetsebool\b|\bgetsebool\b|\bhttpd_(?:read_user_content|enable_homedirs|use_nfs|use_cifs|use_fusefs|can_network_connect\w*|unified|execmem)\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the files lie in a home directory or a network file system, under SELinux",
      all: [
        { in: ["symptom", "log", "files"], text: /selinux|setenforce|user_home_t/i },
        {
          in: ["symptom", "log", "config", "files"],
          text: /\/home\/|\bnfs\b|\bcifs\b|public_html|home director|user_home_t|glusterfs|sshfs/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "homes and network disks are behind switches of SELinux",
      all: [
        { in: ["symptom"], text: /\bselinux\b/i },
        {
          in: ["symptom"],
          text: /\bnfs\b|\bcifs\b|\bsamba\b|\bsshfs\b|\bnetwork (?:share|disk|drive)\b|\bhome director/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "SELinux, and files on a network disk or in a home, which switches of it open",
      all: [
        { in: ["symptom", "log"], text: /selinux|setenforce|getenforce/i },
        {
          in: ["symptom", "log", "config", "files"],
          text: /\bnfs4?\b|\bcifs\b|\bsamba\b|\bsmb\b|\bsshfs\b|\bfuse\w{0,4}\b|\bglusterfs\b|network (?:share|mount)|\bpublic_html\b|user_home_t/i,
        },
      ],
      none: [
        { in: ["log"], text: /tcontext=\w{1,40}:\w{1,40}:(?:default_t|unlabeled_t|var_t|admin_home_t|tmp_t|usr_t)/ },
      ],
    },
  ],
})

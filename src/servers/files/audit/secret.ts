const NAMES = new Set([
  ".git",
  ".svn",
  ".hg",
  ".bzr",
  ".env",
  ".envrc",
  ".htpasswd",
  ".npmrc",
  ".netrc",
  ".pgpass",
  ".my.cnf",
  ".aws",
  ".ssh",
  ".docker",
  ".kube",
  ".git-credentials",
  ".bash_history",
  ".mysql_history",
  "id_rsa",
  "id_dsa",
  "id_ecdsa",
  "id_ed25519",
  "credentials.json",
  "secrets.yml",
  "secrets.yaml",
  "master.key",
])
/** `.env.example` and the like hold no secret, which is why they are kept beside. */
const ENVIRONMENT = /^\.env\.(?!example$|sample$|dist$|template$)[\w.-]{1,64}$/
const ENDINGS = /\.(?:pem|key|p12|pfx|jks|keystore|kdbx|ppk|sql|sql\.(?:gz|bz2|xz|zst)|dump)$/i
/** Copies that editors and people leave of programs, which a server then shows as text. */
const COPIES = /\.(?:php|inc|conf|ini|ya?ml|py|rb|pl|jsp|asp|aspx|env)(?:~|\.(?:bak|old|orig|save|swp|copy))$/i

/** Whether a name in a document root is one under which people keep what nobody should download. */
export const isSecret = (name: string): boolean =>
  NAMES.has(name) || ENVIRONMENT.test(name) || ENDINGS.test(name) || COPIES.test(name)

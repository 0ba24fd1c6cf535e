/** A place where a credential may stand: what comes before it, how it is written there, what comes behind. */
export interface SecretPlace {
  readonly name: string
  readonly before: string
  readonly after: string
  /** How any text at all is written in this place; where absent only letters that need no writing stand here. */
  readonly write?: (secret: string) => string
}

const json = (text: string): string => JSON.stringify(text).slice(1, -1)
const single = (text: string): string => text.replaceAll("'", "'\\''")
const double = (text: string): string => text.replaceAll(/[\\"$`]/g, "\\$&")

export const SECRET_PLACES: readonly SecretPlace[] = [
  // Messages
  {
    name: "Authorization, Bearer",
    before: "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ",
    after: "\r\nAccept: */*\r\n",
  },
  { name: "Authorization, no scheme", before: "Authorization: ", after: "\nHost: a" },
  { name: "Authorization, Basic", before: "> authorization: Basic ", after: "\n> host: a" },
  { name: "Proxy-Authorization", before: "Proxy-Authorization: Basic ", after: "\n" },
  { name: "Cookie", before: "Cookie: theme=; sid=", after: "; lang=\n" },
  { name: "any cookie", before: "Cookie: a=", after: "" },
  { name: "Set-Cookie", before: "< Set-Cookie: sid=", after: "; Path=/; SameSite=None; Secure\n" },
  {
    name: "second Set-Cookie",
    before: "set-cookie: a=; Path=/; Expires=Wed, 09 Jun 2021 10:18:14 GMT, b=",
    after: "; HttpOnly",
  },
  { name: "API key header", before: "X-API-Key: ", after: "\nHost: a" },
  { name: "a header of one's own", before: "X-Acme-Auth-Token: ", after: "\nHost: a" },
  { name: "subscription key", before: "Ocp-Apim-Subscription-Key: ", after: "\n" },
  {
    name: "AWS signature",
    before: "Authorization: AWS4-HMAC-SHA256 Credential=, SignedHeaders=host;x-amz-date, Signature=",
    after: "\n",
  },
  { name: "query", before: "GET /a?x=1&token=", after: "&y=2 HTTP/1.1" },
  { name: "query key", before: "https://maps.example/api?key=", after: "&y=2" },
  {
    name: "presigned query",
    before: "https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature=",
    after: "&x-id=PutObject",
  },
  { name: "session in a path", before: "GET /a;jsessionid=", after: " HTTP/1.1" },
  { name: "userinfo", before: "https://bob:", after: "@example.org/a" },
  { name: "form", before: "user=bob&password=", after: "&remember=1" },
  // JSON
  { name: "JSON", before: '{"user":"bob","password":"', after: '","n":1}', write: json },
  { name: "JSON set out", before: '{\n  "accessToken":\n    "', after: '",\n  "n": 1\n}', write: json },
  {
    name: "JSON in JSON",
    before: '{"body":"{\\"client_secret\\":\\"',
    after: '\\",\\"n\\":1}"}',
    write: (it) => json(json(it)),
  },
  { name: "HAR header", before: '{"name": "Authorization", "value": "Bearer ', after: '"},', write: json },
  { name: "HAR cookie", before: '"cookies": [{"name": "lang", "value": "', after: '", "path": "/"}],', write: json },
  { name: "value before name", before: '{"value":"', after: '","name":"x-api-key"}', write: json },
  { name: "Python", before: "requests.post(u, headers={'X-Auth-Token': '", after: "'}, timeout=3)" },
  // Command lines
  { name: "curl -u", before: "curl -s -u 'bob:", after: "' https://a/", write: single },
  { name: "curl -u joined", before: "curl -subob:", after: " https://a/" },
  { name: "curl --user in double quotes", before: 'curl --user "bob:', after: '" https://a/', write: double },
  { name: "curl -H", before: "curl -H 'Authorization: Bearer ", after: "' -H 'Accept: */*' https://a/", write: single },
  { name: "curl -H in double quotes", before: 'curl -H "X-Api-Key: ', after: '" https://a/', write: double },
  { name: "curl -b", before: "curl --cookie 'lang=; sid=", after: "' https://a/" },
  { name: "curl form", before: "curl -d 'user=bob&password=", after: "' -d a=1 https://a/" },
  { name: "curl -F", before: "curl -F password=", after: " https://a/" },
  { name: "curl JSON", before: `curl --json '{"password":"`, after: `","n":1}' https://a/` },
  {
    name: "curl JSON in double quotes",
    before: 'curl -d "{\\"password\\":\\"',
    after: '\\",\\"n\\":1}" https://a/',
    write: (it) => double(json(it)),
  },
  { name: "curl --oauth2-bearer", before: "curl --oauth2-bearer ", after: " https://a/" },
  {
    name: "curl in cmd",
    before: 'curl ^"https://a/^" ^\r\n  -H ^"authorization: Bearer ',
    after: '^" ^\r\n  -H ^"accept: */*^"',
  },
  {
    name: "curl in cmd, JSON",
    before: 'curl ^"https://a/^" --data-raw ^"^{^\\^"password^\\^":^\\^"',
    after: '^\\^"^}^"',
  },
  {
    name: "PowerShell",
    before: 'Invoke-WebRequest -Uri "https://a/" -Headers @{\n"Authorization"="Bearer ',
    after: '"\n}',
  },
  { name: "PowerShell cookie", before: 'System.Net.Cookie("lang", "', after: '", "/", "a")))' },
  { name: "wget", before: "wget --user=bob --password=", after: " https://a/" },
  { name: "wget header", before: "wget --header='Authorization: Bearer ", after: "' https://a/" },
  { name: "HTTPie", before: "http POST a/login user=bob password=", after: " lang=en" },
  { name: "HTTPie header", before: "http a/x 'Authorization:Bearer ", after: "'" },
  { name: "HTTPie -a", before: "http -a bob:", after: " a/x" },
  {
    name: "fetch",
    before: 'fetch("https://a/", {"headers": {"authorization": "Bearer ',
    after: '"}, "credentials": "include"})',
    write: json,
  },
  // Configuration
  { name: "nginx header", before: '  proxy_set_header Authorization "Basic ', after: '";' },
  { name: "nginx comparison", before: 'if ($http_x_api_key != "', after: '") { return 403; }' },
  { name: "nginx map", before: "map $http_x_api_key $ok {\n  default 0;\n  ", after: " 1;\n}" },
  { name: "httpd", before: 'RequestHeader set X-Api-Key "', after: '"' },
  { name: "YAML", before: "  password: ", after: "\n  user: bob" },
  { name: "YAML environment", before: "  - name: DB_PASSWORD\n    value: ", after: "\n  - name: LANG" },
  { name: "YAML block", before: "token: |\n  ", after: "\nuser: bob" },
  { name: "environment", before: "export API_KEY=", after: "\nexport LANG=C" },
  // Logs, markup and shapes
  {
    name: "nginx log",
    before: '*1 access forbidden by rule, client: 1.1.1.1, request: "GET /a?access_token=',
    after: ' HTTP/1.1", host: "a"',
  },
  { name: "logfmt", before: "level=info token=", after: " user=bob" },
  { name: "sentence", before: "refused (authorization: Bearer ", after: ", client 1.1.1.1)" },
  { name: "XML", before: "<SignatureProvided>", after: "</SignatureProvided>" },
  { name: "HTML form", before: '<input type="hidden" name="csrf_token" value="', after: '">' },
  { name: "JWT anywhere", before: "said eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.", after: " and went" },
  { name: "OpenAI key anywhere", before: "used sk-proj-abcdefgh", after: " there" },
  { name: "GitHub token anywhere", before: "used ghp_0123456789abcdefghij", after: " there" },
  { name: "private key", before: "-----BEGIN RSA PRIVATE KEY-----\n", after: "\n-----END RSA PRIVATE KEY-----" },
  // Configuration where a blank stands before it
  { name: "httpd, RewriteCond on a header", before: "RewriteCond %{HTTP:X-Api-Key} !^", after: "$" },
  { name: "httpd, RewriteCond on a scheme", before: "  RewriteCond %{HTTP:Authorization} !^Basic\\ ", after: "" },
  { name: "httpd, LDAP password", before: 'AuthLDAPBindPassword "', after: '"\n' },
  { name: "httpd, session passphrase", before: "SessionCryptoPassphrase ", after: "\n" },
  { name: "httpd, AuthBasicFake", before: "AuthBasicFake bob ", after: "\n" },
  { name: "nginx, secure_link_secret", before: "secure_link_secret ", after: ";" },
  { name: "nginx, secure_link_md5", before: 'secure_link_md5 "$secure_link_expires$uri ', after: '";' },
  { name: "nginx, set", before: '  set $api_token "', after: '";' },
  { name: "htpasswd, SHA", before: "bob:{SHA}", after: "\n" },
  { name: "HAProxy, stats", before: "  stats auth admin:", after: "\n" },
  { name: "HAProxy, insecure-password", before: "  user bob insecure-password ", after: "\n" },
  { name: "HAProxy, acl", before: "acl ok req.hdr(X-Api-Key) -m str ", after: "\n" },
  { name: "ModSecurity, rule", before: 'SecRule REQUEST_HEADERS:X-Api-Key "!@streq ', after: '" "id:1"' },
  { name: "ModSecurity, matched", before: '[data "Matched Data: ', after: ' found within ARGS:password"]' },
  { name: "HTML, value before name", before: '<input value="', after: '" name="authenticity_token">' },
  { name: "HTML, content before name", before: '<meta content="', after: '" name="csrf-token">' },
  { name: "netrc", before: "machine a login bob password ", after: "\n" },
  { name: "wget, http-password", before: "wget --http-password ", after: " http://a" },
]

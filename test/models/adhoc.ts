import { startModelGateway, CALLER_KEY } from "/work/main/test/models/gateway.fixture.ts"
import { formats } from "/work/main/test/models/providers/provider.fixture.ts"
const g = await startModelGateway()
const asks: Record<string,(m:string,stream:boolean)=>[string,any]> = {
  chat: (m,s)=>["/v1/chat/completions",{model:m,stream:s,messages:[{role:"user",content:"say Hello wörld 🎉"}]}],
  completions: (m,s)=>["/v1/completions",{model:m,stream:s,prompt:"say Hello wörld 🎉"}],
  responses: (m,s)=>["/v1/responses",{model:m,stream:s,input:"say Hello wörld 🎉"}],
  anthropic: (m,s)=>["/v1/messages",{model:m,stream:s,max_tokens:100,messages:[{role:"user",content:"say Hello wörld 🎉"}]}],
  gemini: (m,s)=>[`/v1beta/models/${m}:${s?"streamGenerateContent?alt=sse":"generateContent"}`,{contents:[{role:"user",parts:[{text:"say Hello wörld 🎉"}]}]}],
}
for (const [name, ask] of Object.entries(asks)) for (const f of formats) for (const s of [false,true]) {
  const [path, body] = ask(`${f}/m1`, s)
  const r = await fetch(g.url+path,{method:"POST",headers:{authorization:`Bearer ${CALLER_KEY}`,"content-type":"application/json","anthropic-version":"2023-06-01"},body:JSON.stringify(body)})
  const t = await r.text()
  const ok = r.status===200 && (s ? true : t.includes("Hello wörld 🎉"))
  console.log(ok?"ok ":"BAD", name, f, s?"stream":"whole", r.status, r.headers.get("pinpoint-target"), r.headers.get("pinpoint-dropped")??"", ok&&!process.env.V?"":t.slice(0,1500))
}
console.log(g.faults)
await g.stop()

import { startModelGateway, CALLER_KEY } from "/work/main/test/models/gateway.fixture.ts"
const g = await startModelGateway()
const r = await fetch(g.url+"/v1/chat/completions",{method:"POST",headers:{authorization:`Bearer ${CALLER_KEY}`,"pinpoint-operator":g.token},body:JSON.stringify({model:"gemini/m1",stream:true,messages:[{role:"user",content:"say Hello"}]})})
console.log(await r.text())
for (const q of g.providers.get("gemini").requests()) console.log(q.path,q.query, q.status())
await g.stop()

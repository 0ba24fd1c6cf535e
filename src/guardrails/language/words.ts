/** The commonest short words of languages in Latin and Cyrillic letters: what a text of some length cannot do without. */
export const COMMON_WORDS = {
  en: `the of and to in is you that it he was for on are as with his they at be this have from or had by not but what all were when
    your can said there use an each which she do how their if will up other about out many then them these so some her would make
    like him into time has look two more go see no way could my than first been call who its now find did get come made may`,
  de: `der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird
    bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde ich wir du
    kann mir mich bitte was wenn wo ihr uns dir`,
  fr: `de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont mais comme on avec son ou si leur
    était être fait elle deux ces aux nous vous je tu mon ton cette sans tout bien où quel quelle très c'est j'ai peux`,
  es: `de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí porque esta entre cuando muy
    sin sobre también me hasta hay donde quien desde todo nos durante yo tú él es son está qué cómo puedo mi`,
  it: `di e il la che in un a per è una sono del non con della si dei le da al come anche ma più nel gli alla lo ha i delle questo
    questa se essere mi ti ci quando cosa dove perché chi sia hanno suo sua molto tutto io tu posso ho`,
  pt: `de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito
    há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo você meu minha posso são`,
  nl: `de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij nog uit kan naar heeft hij ze wordt door over
    zo wat je ik we deze die dit hoe waar was werd geen meer heb mijn jij u moet worden`,
  pl: `i w na z do się nie że to jest o jak za od po ale przez co czy dla tak jego już tylko są jej był ten ich być może przy który która
    było gdy ma oraz pod ze jestem mi mnie proszę bardzo`,
  sv: `och i att det som en på är av för med den till inte om ett har de jag var han hon vi du men så från vid kan när eller under också
    efter mot bara sig skulle ska min din vad hur där finns blir`,
  da: `og i at det som en på er af for med den til ikke om et har de jeg var han hun vi du men så fra ved kan når eller under også efter
    mod kun sig skulle skal min din hvad hvor der findes bliver være blev`,
  cs: `a v na se je že to s z do o i jako by ale za jsem jsou pro tak po co který nebo už si být byl byla k ve které jeho jen také při
    když má od než podle můžete prosím jak`,
  tr: `ve bir bu da de için ile o ne çok daha gibi ama olarak en var mı mi ben sen kadar sonra değil her ya ki olan nasıl neden şey bana
    beni benim diye yok olduğu lütfen`,
  vi: `và của là có cho không một trong được với các những người này để đã khi tôi bạn như đến từ trên về cũng ra làm gì thì ở nhiều sẽ`,
  ru: `и в не на что я с он как это по но они к у из за то все так его же от бы о мы для вы был только мне было вот если уже или ни быть
    ещё где нет при есть ты меня чтобы очень может её`,
  uk: `і в не на що я з він як це по але вони до у із за то всі так його ж від б о ми для ви був тільки мені було ось якщо вже або ні бути
    ще де немає при є ти мене щоб дуже може її та`,
} as const satisfies Readonly<Record<string, string>>

export type WordLanguage = keyof typeof COMMON_WORDS

import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { lengthOf } from "../length.ts"
import { LANGUAGES, languageOf } from "./language.ts"

describe("a text is known to be in", () => {
  test.each([
    ["en", "The quick brown fox jumps over the lazy dog, and then it goes to sleep in the sun."],
    ["en", "How do I reset my password if I cannot find the email that was sent to me?"],
    ["de", "Der schnelle braune Fuchs springt über den faulen Hund, und dann schläft er in der Sonne ein."],
    ["de", "Wie kann ich mein Passwort zurücksetzen, wenn ich die E-Mail nicht finde?"],
    ["fr", "Le renard brun saute par-dessus le chien paresseux, et il dort dans la maison avec les autres."],
    ["es", "¿Cómo puedo restablecer mi contraseña si no encuentro el correo que me enviaron?"],
    ["it", "Come posso reimpostare la mia password se non trovo il messaggio che mi hanno inviato?"],
    ["pt", "Como posso redefinir a minha senha se não encontro o e-mail que me foi enviado?"],
    ["nl", "Hoe kan ik mijn wachtwoord opnieuw instellen als ik de e-mail niet meer heb?"],
    ["pl", "Jak zresetować hasło, jeśli nie mam wiadomości, która była do mnie wysłana przez system?"],
    ["sv", "Hur kan jag återställa mitt lösenord om jag inte hittar det mejl som har skickats till mig?"],
    ["da", "Hvordan kan jeg nulstille min adgangskode, hvis jeg ikke har den mail, der blev sendt til mig?"],
    ["cs", "Jak si mohu obnovit heslo, když už nemám e-mail, který mi byl poslán, a co to je?"],
    ["tr", "Bana gönderilen e-posta yok ise şifre için ne yapmak gerek, bu çok önemli bir şey ve daha sonra olmaz."],
    ["vi", "Tôi không có mật khẩu, làm thế nào để tôi được vào trang này với các bạn?"],
    ["ru", "Как я могу сбросить пароль, если у меня нет письма, которое мне было отправлено?"],
    ["uk", "Як я можу скинути пароль, якщо в мене немає листа, що був мені надісланий і де він?"],
    ["ar", "كيف يمكنني إعادة تعيين كلمة المرور الخاصة بي؟"],
    ["fa", "چگونه می توانم گذرواژه خود را بازنشانی کنم؟"],
    ["he", "איך אני יכול לאפס את הסיסמה שלי?"],
    ["hi", "मैं अपना पासवर्ड कैसे रीसेट कर सकता हूँ?"],
    ["th", "ฉันจะรีเซ็ตรหัสผ่านได้อย่างไร"],
    ["el", "Πώς μπορώ να επαναφέρω τον κωδικό μου;"],
    ["zh", "如果我找不到发给我的邮件,我怎么重置密码?"],
    ["ja", "メールが見つからない場合、パスワードをどうやってリセットしますか。"],
    ["ko", "비밀번호를 어떻게 재설정할 수 있나요?"],
  ])("%s: %p", (language, text) => {
    const seen = languageOf(text)
    expect(String(seen.language)).toBe(language)
    expect(seen.confidence).toBeGreaterThanOrEqual(0.3)
  })
})

test.each([["ok"], [""], ["12345 67890"], ["{}[]();"], ["xyzzy plugh"], ["SELECT id FROM users WHERE x = 1"]])(
  "nothing is said of %p",
  (text) => expect(languageOf(text).language).toBe("unknown"),
)

test("a language is one of those known, with a confidence from 0 to 1", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      const { language, confidence } = languageOf(text)
      expect(language === "unknown" || LANGUAGES.includes(language)).toBe(true)
      expect(confidence).toBeGreaterThanOrEqual(0)
      expect(confidence).toBeLessThanOrEqual(1)
    }),
  )
})

test("a text's length is told in code points, words and estimated tokens", () => {
  expect(lengthOf(["two words", "👍"])).toEqual({ characters: 10, words: 3, tokens: 4 })
  expect(lengthOf(["日本語"])).toEqual({ characters: 3, words: 3, tokens: 3 })
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" })), (texts) => {
      expect(lengthOf(texts).characters).toBe(texts.reduce((all, it) => all + [...it].length, 0))
    }),
  )
})

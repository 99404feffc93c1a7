"""The same signs in languages that children in care in England write: afraid, hit, touched, dying, hungry, do not tell.

Stems, so that forms a learner or a child writes are found too; apostrophes are gone by then, accents are optional.
"""

from typing import Final

ELSEWHERE: Final = (
    # Polish
    r"\bboj[eę] si[eę]|\bboimy si[eę]|\bbije mn|\bbij[aą] mn|\buderzy[lł]|\bdotyka mn|\bchc[eę] umrze|\bzabi[cć] si[eę]|\bg[lł]odn"
    r"|\bnie m[oó]w(?:cie|ić|ic)?\b|\bprzemoc|\bkrzywd[zę]|\bucie(?:k[lł]|ka)",
    # Romanian, Spanish, Portuguese, Italian, French
    r"\bfric[aă]\b|\bm[aă] bate|\bm[aă] love|\bs[aă] mor\b|\bfoame\b|\bnu spune",
    r"\btengo miedo|\bme da miedo|\bme pega|\bme toca|\bme hace da[nñ]o|\bquiero morir|\bmatarme|\btengo hambre|\bno (?:se )?l[eo] digas|\bme escap",
    r"\btenho medo|\bme bat[ei]|\bquero morrer|\btenho fome|\bn[aã]o conta",
    r"\bho paura|\bmi picchia|\bvoglio morire|\bho fame|\bmi tocca",
    r"\bjai peur|\bpeur de (?:lui|elle|mon|ma|rentrer)|\bme frappe|\bme tape|\bme touche|\bme fait (?:du )?mal|\bveux mourir|\bme tuer|\bjai faim"
    r"|\bdi(?:s|tes) (?:pas|rien)|\bfugu",
    # German, Albanian, Turkish, Kurdish (Kurmanji), Somali, Vietnamese
    r"\bhabe angst|\bschl[aä]gt mich|\bwill sterben|\bhabe hunger",
    r"\bkam frik|\bm[eë] rreh|\bt[eë] vdes|\bkam uri\b|\bmos i tregoni?",
    r"\bkorkuyor|\bd[oö]v[uü]yor|\bbana vur|\b[oö]lmek ist|\ba[cç][ıi]m\b|\bs[oö]yleme(?:yin)?\b",
    r"\bditirs|\bli min dix|\bdixwazim bimir|\bbirç[iî]",
    r"\bcabs[ia]|\bbaqa(?:y|aya)|\bi garaac|\bi dila|\bdhinto|\bgaajo",
    r"\bsợ\b|\bđánh (?:tôi|em|con|cháu)|\bmuốn chết|\bđói\b|\bđừng nói",
    # Ukrainian, Russian
    r"\bбою?с[ья]|\bбоюся|\bстрашно|\bбь[её]т|\bбє мене|\bударил|\bвдарив|\bумереть|\bпомерти|\bголодн|\bне (?:говори|кажіть|скаж)",
    # Arabic; Farsi and Dari; Pashto; Sorani; Urdu
    r"خائف|خايف|أخاف|اخاف|يضرب|تضرب|ضربن|يلمس|أموت|اموت|الموت|انتحر|جائع|جوعان|لا تخبر|لا تقول|هربت",
    r"می‌?\s?ترسم|میترسم|کتک|می‌?\s?زند|میزن[دهی]|بمیرم|خودکشی|گرسنه|به (?:او|کسی) نگو",
    r"وېرېږم|ویریږم|ډارېږم|وهي\b|مړ شم|وږی",
    r"دەترسم|ئەترسم|لێم دەدا|لێمدەدا|بمرم|برسی",
    r"ڈر لگتا|ڈرتا|ڈرتی|مارتا|مارتے|مرنا چاہ|بھوک",
    # Tigrinya, Amharic, Bengali, Punjabi and Hindi
    r"ፈሪሐ|ፈርሐ|እፈርሕ|ይወቅዓ|ይሃርም|ክመውት|ጠምየ|እፈራለሁ|ፈራሁ|ይመታ|መሞት|ራበኝ",
    r"ভয়|ভয়|মারে|মরতে|ক্ষুধা|ਡਰ ਲੱਗ|ਮਾਰਦ|ਮਰਨਾ|ਭੁੱਖ|डर लग|मारता|मारते|मरना चाह|भूख",
)

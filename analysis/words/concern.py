"""Signs that a person whose job is keeping children safe should read a comment first. Standard library alone.

Every comment is read by a person; this only decides which are read today rather than tomorrow. Being wrong towards
"worrying" costs a minute, being wrong the other way costs a day, so signs are broad. Children seldom use the words of a
textbook: many say it flatly, sideways, or as something good.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from analysis.words.concern_abroad import ELSEWHERE

_WHO: Final = (
    r"(?:he|she|they|him|her|them|dad|daddy|mum|mam|mummy|mom|stepdad|stepmum|uncle|aunty?|grandad|nan|brother|cousin"
    r"|boyfriend|bf|girlfriend|carers?|staff|teacher|coach|someone|somebody|man|men|guy|guys|bloke|lad|lads|boys?)"
)
_FAMILY: Final = r"(?:me|us|my \w+|mum|mam|mummy|nan|her|him|kids|the (?:baby|kids|dog|others|little ones?))"
_BODY: Final = r"(?:arms?|legs?|wrists?|thighs?|skin|hands?|stomach|neck|head)"
_SUBSTANCE: Final = (
    r"(?:weed|drugs?|coke|spice|ket|pills|vodka|alcohol|drink|beer|vapes?|bags?|food|packages?|packs?)"
)

#: A word shortly before a sign of being hurt or afraid that turns it round: "they never shout at me".
_TURNED: Final = re.compile(
    r"\b(?:never|nobody|no one|noone|none of them|doesnt|dont|didnt|not|isnt|wont|without)(?: \w+){0,2} $"
)
#: Signs that such a word does turn round.
_CAN_BE_TURNED: Final = frozenset({"being hurt", "afraid", "hunger"})

SIGNS: Final[dict[str, tuple[str, ...]]] = {
    "wanting to die": (
        r"\b(?:kill(?:ing)?|hang(?:ing)?|end(?:ing)?|drown(?:ing)?) (?:my ?self|meself|my life)\b|\bkms\b|suicid|\bend it all\b",
        r"\b(?:want|wanted|wanna|wants|rather|ready|going|gonna|try|tried) (?:to )?(?:die|be dead|be gone|not exist)\b",
        r"\bwish(?:ed|ing)? (?:that )?(?:i|id|im) (?:was|were|am|wasnt|werent|had|hadnt|never|could|didnt) ?(?:just )?(?:dead|die|not|never|here"
        r"|alive|born|been born|wake|exist|disappear|gone|go to sleep)",
        r"\b(?:dont|do not|didnt|not|never|no) (?:really )?(?:want|wanna|wanting|like) (?:to )?(?:be (?:here any ?more|alive|on this|around any)|live|exist|wake up|go on|carry on)\b",
        r"\b(?:better|easier|happier) (?:off )?(?:if i (?:was|were|wasnt|werent|died)|without me|dead)\b",
        r"\b(?:no|whats the|not any|see the) (?:point|reason) (?:in |of |to )?(?:me |being |living|live|life|going on|carrying on|being here|anything any ?more)",
        r"\b(?:dont|wouldnt|doesnt) (?:even )?(?:care|mind|matter) if i (?:\w+ )?(?:die|died|live|wake|woke|get|got|never|dont|didnt|am|was|disappear)\b",
        r"\b(?:not|never|dont|didnt) (?:want to )?wake up\b|\bgo to sleep and (?:not|never)\b|\bsleep (?:for ?ever|and never)\b",
        r"\b(?:jump(?:ing)?|step(?:ping)?|walk(?:ing)?) (?:off|in front of|out in front|into (?:the )?(?:traffic|road|river|canal))\b",
        r"\bno ?(?:one|body) (?:would|will|wud) (?:even )?(?:notice|miss me|care) if i\b|\bgoodbye (?:letter|note)s?\b|\bwont be (?:here|around) (?:for )?(?:much|long|next|any)",
    ),
    "self-harm": (
        r"\b(?:cut|cuts|cutting|hurt|hurts|hurting|harm|harming|harmed|burn|burning|burnt|scratch\w*|hit|hitting|punch\w*|bite|biting|starv\w+) (?:my ?self|meself|my "
        + _BODY
        + r")\b",
        r"\bself ?harm|\bself ?injur|\boverdos|\b(?:an? )?od(?:ed|d)?\b|\brazors?\b|\bblades?\b|\bscars?\b|\b(?:fresh|new|more) cuts\b",
        r"\b(?:took|take|taken|taking|swallow\w*|saving|save) (?:too many|loads of|all (?:of )?(?:my|the|her|his)|a load of|up)?\s?(?:my |the )?(?:pills|tablets|meds|paracetamol)\b",
        r"\b(?:make|made|making) (?:my ?self|me self) (?:sick|throw up|be sick)\b|\bthrow(?:ing)? up (?:my|after) (?:food|dinner|tea|eating|meals?)\b",
        r"\b(?:hide|hiding|cover|covering|show) (?:up )?my (?:arms|wrists|legs|sleeves)\b|\blong sleeves? (?:so|to|cos|because|even|in)\b|\bsleeves (?:down|on|so)\b",
        r"\b(?:stopped|not|dont|wont) (?:been )?eat(?:ing)? (?:any ?more|any ?thing|for days|at all|so i)\b|\bonly thing that (?:helps|makes it stop|stops)\b",
    ),
    "being hurt": (
        r"\b(?:hit|hits|hitting|hitted|punch\w*|kick(?:ed|s|ing)?|slap\w*|smack\w*|chok(?:ed|es|ing)|strangl\w+|shov(?:ed|es)|pin(?:s|ned)|drag(?:s|ged)|batter(?:s|ed)"
        r"|whack\w*|thump\w*|hurt|hurts|hurting|burn(?:t|ed|s)|bit|bites|threaten\w*|rap(?:ed|es)|abus\w+|bully|bullies|bullied|assault\w*|molest\w*|spat (?:at|on)|threw \w+ at|throws \w+ at|throws things at) "
        + _FAMILY
        + r"\b(?! up\b)",
        r"\b(?:grab(?:s|bed|bing)?|push(?:es|ed)?|held|holds|yank\w*|pull(?:s|ed)?|shak(?:es|ing)|shook|squeez\w+) (?:me|us|my)\b.{0,25}\b(?:neck|throat|hair|arm|arms|wrist|wall|down|hard|stairs|floor|shoulders?|against|ear|face)\b",
        r"\b(?:beat|beats|beating|beaten) (?:me|us|my (?:mum|brother|sister)) ?(?!at|in|on|to|by|\d|every time|again at)(?:up|with|when|bad|black|$|\.|and|cos|because)",
        r"\b(?:get|gets|got|getting|been|being|was|am|be) (?:hit|beaten|beat up|punched|kicked|slapped|smacked|hurt by|abused|raped|attacked|jumped|stabbed|strangled|locked (?:in|out)|touched)\b",
        r"\bbruis\w*|\bblack eye\b|\bmarks on (?:me|my)\b|\bwith (?:a|the|his|her) (?:belt|stick|slipper|shoe|wire|cable|spoon)\b|\bby (?:the|my) (?:neck|throat|hair)\b",
        r"\bviolen\w+|\babus(?:e|ed|es|ive|ing)\b|\bassault\w*|\brape[ds]?\b|\bmolest\w*|\b(?:knife|knives|stab\w*|machete|shank|gun)\b",
        r"\b(?:hits|hitting|punches|hurts|batters|beats up|slaps|smacks|kicks) (?:out|everyone|people|things|the (?:wall|door)s?|holes?|each other)\b",
        r"\b(?:shouts?|shouted|shouting|screams?|screamed|screaming|yells?|yelled|swears?|kicks? off|goes mad|went mad|flips?) (?:\w+ )?(?:at|in|on) (?:me|us|my (?:face|mum|brother|sister)|each other|mum|the (?:little ones|kids))\b",
        r"\bcalls? (?:me|us) (?:names|a \w+|stupid|thick|fat|ugly|worthless|horrible|nasty)\b|\b(?:says?|said|told me|tells me) (?:i|im|that i|that im) (?:am )?(?:worthless|useless|evil|nothing|unwanted|disgusting)",
        r"\b(?:lock(?:s|ed|ing)?|shut(?:s)?) (?:me|us|my \w+) (?:in|out|up|outside|away|inside)\b|\b(?:sat|sit|sits|held|hold|holds|laid|lies|lay) on (?:me|top of me)\b|\bhands? (?:on|up|down|over) (?:me|my)\b",
        r"\b(?:go(?:es)?|get(?:s)?|got|went) (?:for|at) me\b|\bpaint? ?he hurts\b|\bit hurts (?:when|where|down)\b|\b(?:raised|raises) (?:his|her|their) (?:hand|fist)s?\b",
    ),
    "afraid": (
        r"\b(?:scared|afraid|frightened|terrified|petrified|worried|nervous|shaking|scary|freaked out|frit|skared|scard)\b (?:\w+ )?(?:of (?:my|him|her|them|"
        + _WHO
        + r"|what|being|going|getting (?:hurt|hit)|people|everyone)|when|to (?:go|be|sleep|tell|say|speak|stay|come|leave|ask|eat|move)"
        r"|in (?:my|the|that|this) (?:house|home|room|bed|place)|at (?:night|home|his|theirs|dads|mums)|if|that (?:he|she|they)|hes|shes|theyll|hell|he|she|they|all the time|every ?(?:day|night))\b",
        r"\b(?:he|she|they|dad|mum|uncle|carer|boyfriend|man|\w+s? (?:dad|boyfriend|mate|brother|son|uncle)) (?:really |proper |always |still )?(?:scare|scares|scared|frighten\w*|freak|freaks|creep|creeps) (?:me|us)\b|\bgives? me the creeps\b|\bcreepy\b",
        r"\b(?:dont|do not|didnt|doesnt|never|not|isnt|wasnt|no) (?:\w+ )?(?:feel |felt |feeling |been |be )?(?:\w+ )?safe\b|\bunsafe\b|\bin danger\b|\bnowhere (?:is )?safe\b",
        r"\b(?:dont|do not|didnt|never|hate|hated|hates|not) (?:\w+ )?(?:like|liked|want|it|likes)? ?(?:it )?(?:when|wen|how|the way|what|that) (?:my |the |her |his |their )?(?:\w+ ){0,2}(?:comes?|came|stays?|stayed|drinks?|drunk|touch\w*|looks? at|stares?|watch\w*|sits?|does|did|gets? (?:drunk|angry|mad)|tickles?|hugs?|kiss\w*|goes out and|puts? (?:his|her)|walks in|is (?:here|there|round|drunk)|talks to me)",
        r"\b(?:chair|drawers|bed|wardrobe|stuff|bag|table|something) (?:on|against|agenst|under|behind|infront of|in front of|up to|by|up against) (?:my|the|our)?\s?(?:bedroom )?(?:door|handle)\b|\bbarricad|\b(?:block|wedge|lock|hold)(?:ing|ed|s)? (?:my|the|our) (?:bedroom |bathroom )?door\b",
        r"\b(?:hide|hides|hid|hiding) (?:in|under|from|behind|with|away|when|if|at)\b|\bpretend(?:ing|ed)? (?:to be|im|i am|that im|i was) (?:\w+ )?(?:asleep|sleeping|sleep|out|not in|ill)\b",
        r"\b(?:come|comes|came|coming|walks?|walked|creeps?|sneaks?|gets?|got) (?:in|into|in to|inside|to) (?:my|our|the) (?:room|bedroom|bed|shower|bath|bathroom)\b(?! to (?:say|read|wake))",
        r"\b(?:if|when|wen|wenever|whenever|cos|because|til|till|until|check|see|in case) (?:i see |i hear )?(?:his|her|their|that|the) (?:van|car|bike|boots|shoes|coat|truck|motorbike|footsteps|keys) (?:is|isnt|are|arent|s|outside|there|in)\b|\blisten for (?:his|her|the)\b|\b(?:footsteps|on the stairs)\b.{0,30}\b(?:night|scared|stop|door)\b",
        r"\b(?:sleep|slept|sleeping|go to bed|bed) (?:with|in) (?:my|the|a) (?:clothes|shoes|trainers|coat|light|lights|door|phone in|knife|jeans)\b|\bcant sleep (?:cos|because|in case|when|if)\b.{0,20}\b(?:he|she|they|him|someone)\b",
        r"\b(?:he|she|dad|mum|they|carer|uncle|theyre|hes|shes|when (?:he|she|they))\b.{0,20}\b(?:drunk|drinking|been drinking|had a drink|is high|on drugs|using again|stinks? of (?:drink|beer)|smells? of (?:drink|beer|weed))\b",
        r"\b(?:dont|do not|never|not|didnt|please dont|cant) (?:\w+ )?(?:make me|send me|want to|wanna|wana|like to|like|leave me|let (?:him|her|them)|have to)\b.{0,22}\b(?:alone|on my own|by myself|back there|back to him|with (?:him|her|them|uncle \w+|my \w+dad)|near me|come back|in (?:the|that) house with)\b",
        r"\b(?:stay(?:s|ed)?|sit|keep|kept) (?:in (?:my|the) (?:room|bathroom|toilet)|out|away|quiet|really quiet|late at school)\b.{0,30}\b(?:when|if|till|until|cos|because|so|while) (?:he|she|they|his|her|its|my|the|\w+s)\b.{0,20}\b(?:gone|there|here|home|asleep|calm\w*|round|in|over|stop\w*|leaves?|back|angry|mad|off|notice|see|hear)\b",
        r"\b(?:watch(?:es|ing)|stares?|staring|looks?|looking|films?|filming) (?:at )?(?:me|us) (?:when|while|in|get|getting|sleep|change|changing|shower\w*|undress\w*|all the|weird|funny|through)\b|\blooks? at (?:me|us|my body) (?:weird|funny|like)\b",
    ),
    "missing or out at night": (
        r"\b(?:sleep|sleeps|slept|sleeping|kip|kipped|stay|stayed|staying|nights?|spent)\b.{0,14}\b(?:rough|outside|streets?|park|bus stop|bus station|station|stairwell|stairs|shed|doorway|tent|woods|garage|graveyard|car park|in (?:a|the|his|my|mums) (?:car|van)|bench|night bus|subway|squat|trap)\b",
        r"\b(?:ran|run|runs|running|runned|legged it|leg it|bolted|gone|going) (?:away|off|missing)\b|\bdone one\b|\brunaway\b|\bawol\b",
        r"\b(?:climb\w*|sneak\w*|snuck|jump\w*|get|got|goes|go|went|slip\w*) out (?:of )?(?:the|my|a|our|at|thru|through|when)\s?(?:\w+ )?(?:window|night|back|asleep|bed|sleep)",
        r"\b(?:walk|walks|walking|walked|hang|hanging|stay|stayed|staying|wander\w*|sit|sat|ride|riding|be|been) (?:\w+ ){0,3}(?:about|around|round|out|streets?|outside|bus(?:es)?|town) (?:\w+ ){0,3}(?:til+|until|all night|at night|in the dark|late|gone \d|past \d)\b.{0,25}\b(?:dark|night|morning|late|home|gone|asleep|leaves?|safe|go|\d+)?",
        r"\b(?:they|mum|carers?|staff|he|she|sw|everyone)(?: all)? (?:thinks?|thought|reckons?|dont know|doesnt know|no idea|never notice|dont notice|havent noticed) (?:that )?(?:im|i am|i was|im not|where i|i go|i went|i sleep|i stay|we)\b",
        r"\b(?:nowhere|no where|no ?place|not anywhere) (?:else )?(?:\w+ )?(?:to|2) (?:go|sleep|stay|live|kip)\b|\bkick(?:ed|s)? (?:me|us) out\b|\bgot kicked out\b|\bsofa ?surf|\bhomeless\b|\blocked out\b",
        r"\b(?:dont|do not|didnt|wont|never|not|avoid) (?:\w+ )?(?:go|come|been|going|coming|gone|get) (?:back|home) (?:\w+ ){0,3}(?:if|when|cos|because|until|till|til|at night|for|on|most|some)\b|\b(?:dont|do not|never) (?:want to|wanna) go (?:home|back there)\b",
        r"\b(?:sleep|slept|sleeping|stay|staying|stayed|kip|kipping|crash|crashing)(?: over)? (?:at|round|wiv|with|in) (?:\w+ ){1,4}(?:most|every|some|lots of|all) (?:nights?|weekends?|week)\b|\b(?:sleep|stay|crash|kip)(?:s|ing|ed)? (?:at|round) (?:his|some|a mans|different|random|other peoples|peoples)\b",
    ),
    "secrets and pressure": (
        r"\b(?:dont|do not|not to|cant|cannot|mustnt|musnt|not allowed to|never|shouldnt|not supposed to|wont|wudnt) (?:ever )?(?:tell|say (?:anything|nothing|owt|a word|it)|show|let (?:on|any))\b(?! (?:the time|jokes|if|them apart|stories|lies|me (?:what|when|why|where|anything|nothing)|us (?:what|when|why|where|anything)|how))",
        r"\bsecrets?\b(?! (?:santa|recipe|garden|den|agent|base))|\b(?:promise|promised|swear|swore) (?:him |her |them |me )?(?:not to|i wont|i wouldnt|id never|that i wont|never to)\b|\b(?:between|just) (?:me and him|us two|you and me|the two of us)\b",
        r"\b(?:no ?one|nobody|they|u|you|mum|people|who) (?:would|will|wud|wil|wont|wouldnt|ever|never|doesnt|dont|didnt|going to|gonna)\b.{0,10}\bbelie?ve? (?:me|us)\b|\bsays? im lying\b|\b(?:get|be) in (?:big |so much )?trouble if i\b",
        r"\bnudes?\b|\bnaked\b|\bundress|\b(?:take|took|taking) (?:off )?my (?:clothes|top|pants|trousers) off\b|\bprivate (?:parts|bits|area)\b|\bmy privates\b|\bsex(?:ual|y|t\w*)?\b|\bporn\w*|\bdick pics?\b|\bbikini\b",
        r"\b(?:send|sends|sent|sending|wants?|asks? (?:me )?for|asking (?:me )?for|took|takes|taking|got|has|have|share[sd]?|post(?:ed|s)?) (?:him |her |them |me |some |more |a |my )*(?:pics?|pictures?|photos?|vids?|videos?) (?:of me|of my|of us|from me|too|back|and (?:he|i)|or (?:he|else)|without|in my|when i|to (?:him|them|his))",
        r"\b(?:touch\w*|kiss\w*|tickl\w*|strok\w*|rubs?|rubbing|grop\w*|cuddl\w*) (?:me|us|my (?!heart))\b(?!.{0,12}\bheart)|\b(?:does|did|do|doing) (?:things|stuff|bad things|weird (?:things|stuff)|that|it) (?:to|with) me\b|\bsit on his (?:lap|knee)\b",
        r"\b(?:makes?|made|making|forc\w+|forse\w*|pressur\w+) (?:me|us) (?:to )?(?:do|have|touch|watch|kiss|sit on|hold|carry|lie|go with|go to his|take|drink|smoke|send|steal|nick|sell|feel (?:weird|funny|uncomfortable|dirty|scared|bad about my body)|uncomfortable|promise|keep|sleep|stay (?:in|outside)|meet|share)\b",
        r"\b(?:unless|til|till|until|or) i (?:do|send|give|say|go|let|pay|show|meet|come|kiss|am nice|be nice|promise)\b|\bif i (?:dont|do not|didnt|tell|told|said|say|stop|leave)\b.{0,40}\b(?:he|she|they|hell|theyll|shell|his mates?)\b.{0,14}\b(?:will|would|wud|ll|said|says|hurt|tell|send|post|share|hit|kill|get|come|show|put|make|kick|hates?|goes)\b",
        r"\b(?:have|has|had|got|gotta|gonna have|need|only have|just have|told|tells|asked|asks|wants|want|expect\w*)(?: me)?(?: to| 2)? (?:be nice to|do (?:things|stuff|favours?|jobs|bits|what he|what they|as he) ?(?:for)?|kiss|sleep with|go with|look after his|get with|meet|hide|keep hold|hold|carry|drop|pick up|deliver|run|mind|stash|move) (?:his|him|her|them|their|for|the (?:bag|stuff|pack|package|phone|money|line)|a (?:bag|package|pack|parcel)|stuff|things|something|some|what|up with)\b",
        r"\bdo (?:what|as) (?:he|she|they) (?:says?|wants?|tells?|asks?)\b|\bdont want to (?:say|tell|talk about) (?:what|it|that)\b|\bcant (?:say|tell|talk about) (?:what|it|who|why)\b|\bblackmail\w*|\bhe(?:s| has) got (?:something|pics|videos?) (?:on|of) me\b|\bowns? me\b|\bcontrols? (?:me|what i|who i)\b",
    ),
    "exploitation": (
        r"\b(?:i|we|me|still|they say i|says i|said i) (?:\w+ )?(?:owe|owes|owed) (?:them|him|her|\w+|money|people|man)?\b|\bpay(?:ing)? (?:it|them|him) (?:back|off)\b.{0,20}\b(?:or|by|else|somehow|work)|\bdebt|\bbe(?:en)? (?:robbed|taxed)\b",
        r"\b(?:hold|holding|carry|carrying|drop|dropping|deliver|delivering|run|running|take|taking|pick up|move|moving|hide|hiding|stash\w*|look after|mind|post|fetch)(?: off| round)? (?:the|a|his|their|some|them|this|that)? ?(?:bags?|packages?|parcels?|packs?|stuff|money|cash|phone|box(?:es)?|food|weed|drugs?) (?:for|to|again|around|round|at|from|on|cos|because|and)\b|\b(?:hold|holding) (?:the|a|his|their|that) bag\b",
        r"\bcounty lines?\b|\btrap(?:ping|house|s| house| phone| line)\b|\b(?:go|going|went|been|sent|send|sends|take|takes|took) (?:me |us )?(?:out )?(?:country|cunch|ot|up north|down south) (?:for|with|to|on)\b|\bshott(?:ing|er)\b|\bsell(?:ing)? (?:weed|drugs?|bits|stuff|food|for|packs?|vapes)\b|\bgang\b|\bolders\b|\belders\b|\bburner\b|\bcuckoo",
        r"\b(?:a|this|some|older|old|grown|that|the|random|my|one|his) (?:\w+ )?(?:man|men|guy|guys|bloke|blokes|geezer|fella|stranger|lad|older boy|boyfriend|bf|friend of his|mates?|people)\b.{0,60}\b(?:buys?|bought|gives?|gave|gets?|got|lets?|let|picks?|picked|messag\w*|texts?|dms?|adds?|added|asks?|asked|wants?|takes?|took|drives?|drove|follow\w*|pays?|paid|sends?|sent|waits?|waiting|meets?|met|invited?|invites|offer\w*|promis\w*) (?:me|us|my|for me|for us|if i|if we|to meet)\b",
        r"\b(?:buys?|bought|gives?|gave|gets?|got|pays?|paid|lends?|sorts?) (?:me|us)\b.{0,70}\b(?:(?:i|we) (?:just |only )?(?:have|had|got|gotta|need|must)(?: to| 2)?|in return|as long as|if (?:i|we) (?:do|go|help|hold|keep|let|are|am|dont|send|take|be|say|stay|come)|for (?:a )?(?:favou?rs?|doing)|but (?:now )?(?:he|they|she) (?:wants?|says?|expects?)|so i (?:do|did|have|had|let|go|went|couldnt|cant))\b",
        r"\b(?:my man|my bf|my boyfriend|he|this (?:guy|man)|older (?:boy|lad|guy|man|boyfriend))\b.{0,30}\b(?:is|hes|s) ?(?:like )?(?:1[89]|2\d|3\d|4\d|way older|a lot older|much older|older than)\b|\b(?:1[89]|2\d|3\d|4\d) (?:years? old|yr old|yo)\b.{0,20}\b(?:boyfriend|bf|man|guy|mate|lad)\b|\bolder (?:boyfriend|man|men|guy|guys|bloke|lads)\b",
        r"\b(?:picks?|picked|collects?|drives?|drove) (?:me|us) (?:up )?.{0,30}\b(?:in (?:his|their|a) (?:car|van|beamer|bmw|merc|audi|whip|motor|ride|taxi)|round the corner|from the corner|at night|late|after school and|where no ?one)\b",
        r"\b(?:met|meet|meeting|meeting up|talk|talking|talks|chat\w*|messag\w+|know|friends?) (?:\w+ ){0,4}(?:online|off (?:the )?(?:internet|snap|insta|roblox|discord|tiktok|fortnite|xbox)|on (?:snap|insta|discord|roblox|tiktok|fortnite|xbox|telegram|whatsapp|kik|wizz|yubo|omegle))\b.{0,70}\b(?:he|him|hes|man|meet|older|pics?|photos?|secret|tell|says|said|wants?|never met|money|buy|send)\b",
        r"\bkeeps? (?:on )?(?:messag\w+|texting|calling|ringing|following|asking|touching|coming|staring|adding|contacting|finding|turning up|waiting)\b.{0,20}\b(?:me|us|my|round|outside|for)\b|\bfollow(?:s|ing|ed) (?:me|us) (?:home|around|about|round|to|from|every)\b|\bstalk\w*|\b(?:turns?|turned) up (?:at|outside)\b.{0,20}\b(?:school|house|home|my)\b",
        r"\b(?:gives?|gave|got|gets?|buys?|bought|let|lets|makes?|made|offers?|smoke[ds]?|smoking|drink(?:s|ing)?|take|took|taking)\b.{0,14}\b(?:me |us )?.{0,10}\b(?:weed|drugs?|coke|spice|ket|pills|vodka|alcohol|nos|balloons|spliffs?|zoots?)\b",
        r"\b(?:man|guy|bloke|stranger|adult|grown ?up|person|people|someone)s? (?:\w+ ){0,5}(?:who |that )?lets? (?:me|us) (?:stay|sleep|drink|smoke|kip|crash|in|use|drive|vape)\b|\b(?:stay|sleep|go|went|hang|chill|been) (?:at|round|to) (?:his|a mans|this (?:guy|man)s|some (?:guy|man)s?)\b",
    ),
    "hunger": (
        r"\b(?:hungry|starving|starved|starve|hungary)\b",
        r"\b(?:no|not enough|never enough|not much|hardly any|barely any|aint no|run out of|ran out of|any|no proper) (?:food|to eat|dinner|tea|breakfast|lunch|supper|meals?)\b(?! (?:fights?|i (?:dont )?like|better))",
        r"\b(?:dont|do not|didnt|doesnt|never|wont|wouldnt|not|cant|couldnt|not allowed|isnt|arent|hardly|barely|forget to|forgot to) (?:\w+ )?(?:feed|fed|feeding|eat at home|eat here|eat unless|eat until|eat til|get fed|cook for (?:me|us)|give (?:me|us) (?:any )?(?:food|dinner|tea|breakfast|lunch|anything to eat|enough)|let (?:me|us) (?:eat|have (?:any )?(?:food|dinner|tea|breakfast|lunch))|get (?:any )?(?:tea|dinner|breakfast|lunch|food))\b",
        r"\b(?:fridge|cupboards?|kitchen|freezer|food|larder|biscuits?)\b.{0,18}\b(?:lock|locks|locked|padlock\w*|empty)\b|\b(?:lock|locks|locked|padlock)\b.{0,14}\b(?:fridge|cupboards?|kitchen|freezer|food)\b",
        r"\b(?:tea|dinner|food|eat|eating|breakfast|lunch|fed|meals?|supper)\b.{0,18}\b(?:only|just|unless|depend\w*)\b.{0,16}\b(?:if|when|unless|good|behave\w*|school|once|earn\w*|ive been)\b|\bonly (?:eat|get (?:food|fed|tea|dinner)|have (?:food|tea|dinner)|meal)\b.{0,24}",
        r"\b(?:nothing|none|nowt|never any|no ?thing) (?:left |much )?(?:to eat|in the (?:fridge|cupboards?)|after|at (?:home|theirs)|for (?:me|us|tea|dinner|breakfast)|when i get (?:in|home|back))\b|\btheres (?:never )?(?:none|nothing|nowt) (?:left|after|at home|for me|in|to eat)\b",
        r"\b(?:steal|steals|stealing|stole|nick|nicked|nicking|hide|hiding|hid|save|saved|saving|sneak\w*|stash\w*|take|takes) (?:\w+ )?(?:food|snacks|bread|dinner|lunch|crackers|biscuits|my (?:lunch|school dinner))\b|\b(?:friends?|mates?|teacher|school|miss) (?:\w+ )?(?:gives?|gave|share[sd]?|feeds?|brings?) (?:me|us) (?:\w+ )?(?:food|lunch|dinner|breakfast|her lunch|his lunch)\b",
        r"\b(?:left|leave|leaves|leaving) (?:me|us) (?:\w+ ){0,3}(?:alone|on (?:my|our) own|by (?:my|our) ?sel(?:f|ves))\b|\b(?:alone|on my own|by myself|on our own) (?:\w+ )?(?:all night|overnight|over night|for days|all weekend|at night|til|till|until|with the (?:baby|little))\b|\blook(?:ing)? after (?:the (?:baby|kids|little ones)|my (?:little )?(?:brothers?|sisters?|siblings)|mum)\b.{0,25}\b(?:own|cos|because|when|while|every|night)\b",
        r"\b(?:sleep|slept|sleeping) (?:on|in) (?:the|a) (?:floor|sofa|bath|chair|hallway|settee)\b(?! (?:at|for) (?:a )?(?:sleepover|party))|\bno (?:bed|heating|hot water|electric\w*|blankets?|covers|gas)\b|\bfreezing (?:at night|in my room|cold in)\b|\b(?:same|dirty|no clean) (?:clothes|uniform|pants|knickers)\b",
    ),
    "asking for help": (
        r"\bplease (?:\w+ )?help (?:me|us)\b|\bplease help$|\bsomeone help\b|\bneed help now\b|\bget (?:me|us) out (?:of here|please)?\b|\bsave me\b|\bsos\b",
        r"\bplease dont (?:\w+ )?(?:tell|let|send me|make me|ring|phone|say|show|ask)\b|\bdont (?:\w+ )?(?:let him|let her|let them) (?:know|find|see|in|near|take|come)\b|\bdont (?:make|send) me (?:go )?back\b",
        r"\b(?:pregnant|miscarr\w+|late period|abortion|fgm|cutting season|forced marriage|marry (?:him|someone|a man|my cousin)|getting married)\b|\bsend(?:ing)? me (?:away|abroad|back home) to (?:marry|get)\b",
    ),
}

_COMPILED: Final = {
    sign: tuple(re.compile(pattern) for pattern in patterns) for sign, patterns in SIGNS.items()
}
_ABROAD: Final = tuple(re.compile(pattern) for pattern in ELSEWHERE)

_SPELLINGS: Final = tuple(
    (re.compile(rf"\b(?:{short})\b"), plain)
    for short, plain in (
        ("u|yu|ya", "you"), ("ur|yr", "your"), ("wiv|wif", "with"), ("coz|cuz|cus|bcos|bcoz|becos|becuz|bc", "because"),
        ("n", "and"), ("im a|ima", "im"), ("dnt|dunt|dont dont", "dont"), ("wen", "when"), ("tel", "tell"), ("thay|dey", "they"),
        ("sumone|sum1|some1", "someone"), ("sumfing|sumthing|smth", "something"), ("noone|no1", "nobody"), ("hav", "have"),
        ("mi", "my"), ("hungrey|hungy|ungry", "hungry"), ("skared|scard|scaird|sacred of", "scared"), ("wana", "wanna"),
        ("hert|hurted|hurtid", "hurt"), ("woz|wos", "was"), ("dat", "that"), ("da", "the"), ("iv", "ive"), ("gon", "gone"),
    )
)  # fmt: skip


def _plain(words: str) -> str:
    """Lower case, no apostrophes, no stretched letters, common short spellings written out."""
    text = unicodedata.normalize("NFKC", words).lower()
    text = re.sub(r"['’‘`´]", "", text)
    text = re.sub(r"([a-z])\1{2,}", r"\1\1", text)
    text = re.sub(r"[\s,;:!?\"“”()\-–—_/]+", " ", text)
    for spelling, plain in _SPELLINGS:
        text = spelling.sub(plain, text)
    return text.strip()


def _is_turned(text: str, start: int) -> bool:
    return bool(_TURNED.search(text[max(0, start - 40) : start]))


def _found(text: str, sign: str, patterns: Iterable[re.Pattern[str]]) -> bool:
    can_be_turned = sign in _CAN_BE_TURNED
    return any(
        not (can_be_turned and _is_turned(text, match.start()))
        for pattern in patterns
        for match in pattern.finditer(text)
    )


def signs(words: str) -> tuple[str, ...]:
    """The signs found in a comment, by name; empty where there is none."""
    text = _plain(words)
    found = [sign for sign, patterns in _COMPILED.items() if _found(text, sign, patterns)]
    if any(pattern.search(text) for pattern in _ABROAD):
        found.append("in another language")
    return tuple(found)


def is_worrying(words: str) -> bool:
    """Whether a person should read a comment today. Broad on purpose: it is often wrong, and then costs a minute."""
    return bool(signs(words))

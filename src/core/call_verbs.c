/* SPDX-License-Identifier: MIT */
#include "core/call_verbs.h"

/* clang-format off */

static const char *const en_preambular[] = {
	"acknowledging", "affirming", "alarmed", "appreciating", "aware", "bearing in mind",
	"being aware", "believing", "cognizant", "concerned", "confident", "conscious",
	"considering", "convinced", "deploring", "desiring", "desirous", "emphasizing",
	"emphasising", "encouraged", "expressing appreciation", "expressing concern",
	"expressing satisfaction", "expressing", "guided by", "having adopted",
	"having considered", "having examined", "having heard", "having in mind",
	"having noted", "having received", "having regard to", "having reviewed",
	"highlighting", "in pursuit", "in view of", "keeping in mind", "mindful", "noting",
	"observing", "pursuant to", "reaffirming", "realizing", "realising", "recalling",
	"recognizing", "recognising", "referring to", "regretting", "reiterating", "seeking",
	"stressing", "taking account", "taking full account", "taking into account",
	"taking into consideration", "taking note", "underlining", "underscoring", "viewing",
	"welcoming", "whereas",
	NULL,
};

static const char *const en_operative[] = {
	"accepts", "acknowledges", "adopts", "affirms", "agrees", "~appeals", "approves",
	"authorizes", "authorises", "calls for", "calls on", "calls upon", "commends",
	"condemns", "confirms", "congratulates", "considers", "decides", "declares",
	"deplores", "designates", "directs", "draws attention", "draws the attention",
	"emphasizes", "emphasises", "encourages", "endorses", "establishes",
	"expresses its appreciation", "expresses", "instructs", "invites", "~notes",
	"proclaims", "proposes", "reaffirms", "recalls", "recognizes", "recognises",
	"recommends", "regrets", "reiterates", "reminds", "~requests", "resolves",
	"stresses", "~supports", "takes note", "~thanks", "transmits", "trusts",
	"underlines", "underscores", "urges", "welcomes",
	NULL,
};

static const char *const en_before[] = {
	"also", "again", "deeply", "firmly", "fully", "further", "gravely", "hereby",
	"highly", "seriously", "solemnly", "strongly", "then",
	NULL,
};

static const char *const en_after[] = {
	"again", "also", "by consensus", "further", "furthermore", "in addition",
	"in particular", "in this regard", "moreover", "once again", "that",
	"therefore", "with appreciation", "with approval", "with concern",
	"with deep concern", "with deep regret", "with grave concern", "with interest",
	"with regret", "with satisfaction", "with serious concern",
	NULL,
};

static const char *const fr_preambular[] = {
	"affirmant", "alarmé", "alarmée", "appréciant", "attendu", "ayant adopté",
	"ayant à l'esprit", "ayant connaissance", "ayant entendu", "ayant étudié",
	"ayant examiné", "ayant noté", "ayant présent à l'esprit", "ayant reçu",
	"compte tenu", "confirmant", "consciente", "conscient", "conscients", "considérant",
	"constatant", "convaincue", "convaincu", "convaincus", "déplorant", "désireuse",
	"désireux", "désirant", "encouragé", "encouragée", "estimant", "étant donné",
	"eu égard", "exprimant", "gardant à l'esprit", "gardant présent à l'esprit",
	"guidé par", "guidée par", "inquiet", "inquiète", "insistant", "jugeant",
	"mettant l'accent", "notant", "observant", "persuadée", "persuadé", "préoccupée",
	"préoccupé", "prenant acte", "prenant dûment en compte", "prenant en compte",
	"prenant en considération", "prenant note", "rappelant", "réaffirmant",
	"reconnaissant", "regrettant", "réitérant", "relevant", "résolue", "résolu",
	"sachant", "saluant", "se déclarant", "se félicitant", "se référant", "s'inquiétant",
	"soucieuse", "soucieux", "soulignant", "tenant compte", "tenant dûment compte",
	"tenant pleinement compte", "vu",
	NULL,
};

static const char *const fr_operative[] = {
	"accepte", "accueille avec satisfaction", "adopte", "affirme", "appelle", "approuve",
	"appuie", "attire l'attention", "autorise", "~charge", "condamne", "confirme",
	"constate", "convient", "décide", "déclare", "~demande instamment", "~demande",
	"déplore", "désigne", "encourage", "engage", "entérine", "estime", "exhorte",
	"exprime", "fait appel", "fait sienne", "fait siennes", "félicite", "insiste",
	"institue", "invite instamment", "invite", "lance un appel", "~note", "préconise",
	"prend acte", "prend note", "prie instamment", "prie", "proclame", "propose",
	"rappelle", "réaffirme", "recommande", "reconnaît", "regrette", "réitère",
	"remercie", "sait gré", "salue", "se déclare", "se félicite", "souligne", "souscrit",
	"soutient", "transmet",
	NULL,
};

static const char *const fr_before[] = {
	"fermement", "gravement", "profondément", "pleinement", "vivement",
	NULL,
};

static const char *const fr_after[] = {
	"à cet égard", "à nouveau", "avec approbation", "avec gratitude",
	"avec inquiétude", "avec intérêt", "avec préoccupation", "avec regret",
	"avec satisfaction", "avec une profonde préoccupation", "aussi", "de plus",
	"de nouveau", "d'autre part", "également", "en conséquence", "en outre",
	"en particulier", "enfin", "ensuite", "notamment", "par ailleurs", "par consensus",
	"que", 
	NULL,
};

static const char *const es_preambular[] = {
	"acogiendo con beneplácito", "acogiendo con satisfacción", "afirmando", "alarmada",
	"alarmado", "apreciando", "celebrando", "consciente", "conscientes", "considerando",
	"constatando", "convencida", "convencido", "convencidos", "deplorando", "deseando",
	"deseosa", "deseoso", "destacando", "expresando", "guiada por", "guiado por",
	"habiendo adoptado", "habiendo considerado", "habiendo escuchado",
	"habiendo examinado", "habiendo oído", "habiendo recibido", "haciendo hincapié",
	"haciendo notar", "insistiendo", "lamentando", "manifestando", "notando",
	"observando", "persuadida", "persuadido", "poniendo de relieve", "preocupada",
	"preocupado", "profundamente preocupada", "reafirmando", "reconociendo",
	"recordando", "reiterando", "señalando", "subrayando", "teniendo en consideración",
	"teniendo en cuenta", "teniendo presente", "teniendo plenamente en cuenta",
	"tomando conocimiento", "tomando en consideración", "tomando en cuenta",
	"tomando nota", "vista", "visto",
	NULL,
};

static const char *const es_operative[] = {
	"acepta", "acoge con beneplácito", "acoge con satisfacción", "acuerda", "adopta",
	"afirma", "agradece", "alienta", "anima", "apoya", "aprueba", "autoriza", "celebra",
	"condena", "confirma", "considera", "decide", "declara", "deplora", "designa",
	"destaca", "encarga", "encomienda", "establece", "exhorta", "exige", "expresa",
	"felicita", "hace hincapié", "hace suya", "hace suyas", "hace suyo",
	"hace un llamamiento", "insta encarecidamente", "insta", "invita", "lamenta",
	"~nota", "observa", "pide", "proclama", "propone", "reafirma", "recomienda",
	"reconoce", "recuerda", "reitera", "resuelve", "ruega", "señala", "solicita",
	"subraya", "toma nota", "transmite",
	NULL,
};

static const char *const es_before[] = {
	"además", "firmemente", "profundamente", "plenamente",
	NULL,
};

static const char *const es_after[] = {
	"a este respecto", "además", "asimismo", "con agradecimiento", "con aprecio",
	"con beneplácito", "con interés", "con pesar", "con preocupación",
	"con profunda preocupación", "con reconocimiento", "con satisfacción", 
	"de nuevo", "en consecuencia", "en particular", "igualmente", "por consenso",
	"por otra parte", "que", "también",
	NULL,
};

static const char *const ru_preambular[] = {
	"будучи воодушевлена", "будучи глубоко обеспокоена", "будучи обеспокоена",
	"будучи обеспокоен", "будучи озабочена", "будучи уверена", "будучи убеждена",
	"будучи убежден", "ввиду", "вновь заявляя", "вновь подтверждая", "выражая",
	"действуя", "желая", "заслушав", "заявляя", "изучив", "имея в виду", "исходя из",
	"констатируя", "напоминая", "обращая внимание", "опираясь", "осознавая",
	"основываясь", "осуждая", "отдавая себе отчет", "отмечая", "памятуя", "подтверждая",
	"подчеркивая", "полагая", "получив", "приветствуя", "признавая",
	"принимая во внимание", "принимая к сведению", "приняв", "рассмотрев",
	"руководствуясь", "с озабоченностью отмечая", "с признательностью отмечая",
	"с удовлетворением отмечая", "сожалея", "сознавая", "ссылаясь", "стремясь", "считая",
	"убежденная", "учитывая",
	NULL,
};

static const char *const ru_operative[] = {
	"благодарит", "вновь заявляет", "вновь подтверждает", "выражает", "заявляет",
	"назначает", "напоминает", "настаивает", "настоятельно предлагает",
	"настоятельно призывает", "настоятельно рекомендует", "обращает внимание",
	"обращается", "объявляет", "одобряет", "осуждает", "отмечает", "побуждает",
	"подтверждает", "подчеркивает", "поддерживает", "поздравляет", "поощряет",
	"поручает", "постановляет", "предлагает", "приветствует", "призывает", "признает",
	"принимает", "принимает к сведению", "провозглашает", "просит", "рекомендует",
	"решает", "сожалеет", "соглашается", "считает", "уполномочивает", "утверждает",
	"учреждает",
	NULL,
};

static const char *const ru_before[] = {
	"вновь", "глубоко", "далее", "особо", "с глубокой озабоченностью", "с интересом",
	"с озабоченностью", "с признательностью", "с сожалением", "с удовлетворением",
	"также", "торжественно",
	NULL,
};

static const char *const ru_after[] = {
	"в частности", "далее", "кроме того", "особо", "с глубокой озабоченностью",
	"с озабоченностью", "с признательностью", "с сожалением", "с удовлетворением",
	"также", "что",
	NULL,
};

static const char *const ar_preambular[] = {
	"إذ تأخذ بعين الاعتبار", "إذ تأخذ في الاعتبار", "إذ تأخذ في الحسبان", "إذ تأسف",
	"إذ تؤكد", "إذ تؤمن", "إذ تبرز", "إذ تحيط علما", "إذ تدرك", "إذ تذكر", "إذ ترحب",
	"إذ ترغب", "إذ ترى", "إذ تسترشد", "إذ تسلم", "إذ تشدد", "إذ تشير",
	"إذ تضع في اعتبارها", "إذ تعتبر", "إذ تعترف", "إذ تعرب", "إذ تعي",
	"إذ تعيد إلى الأذهان", "إذ تعيد تأكيد", "إذ تقدر", "إذ تقر", "إذ تكرر", "إذ تلاحظ",
	"إذ يأخذ بعين الاعتبار", "إذ يأخذ في الاعتبار", "إذ يأخذ في الحسبان", "إذ يأسف",
	"إذ يؤكد", "إذ يؤمن", "إذ يبرز", "إذ يحيط علما", "إذ يدرك", "إذ يذكر", "إذ يرحب",
	"إذ يرغب", "إذ يرى", "إذ يساوره القلق", "إذ يساورها القلق", "إذ يسترشد", "إذ يسلم",
	"إذ يشدد", "إذ يشير", "إذ يضع في اعتباره", "إذ يعتبر", "إذ يعترف", "إذ يعرب",
	"إذ يعي", "إذ يعيد إلى الأذهان", "إذ يعيد تأكيد", "إذ يقدر", "إذ يقر", "إذ يكرر",
	"إذ يلاحظ", "إذ لا يغيب عن باله", "إذ لا يغيب عن بالها", "بعد أن نظر", "بعد أن نظرت",
	"بعد النظر", "قد اعتمد", "قد اعتمدت", "قد نظر", "قد نظرت", "لما كان", "لما كانت",
	NULL,
};

static const char *const ar_operative[] = {
	"تأذن", "تؤكد", "تؤيد", "تحث", "تحيط علما", "تدعو", "تدين", "ترحب", "تشجع", "تشدد",
	"تشكر", "تشيد", "تطلب", "تعتمد", "تعرب", "تعلن", "تعهد", "تعيد تأكيد", "تقر", "تقرر",
	"تكرر", "تكلف", "تلاحظ", "تناشد", "تهيب", "توافق", "توصي", "يأذن", "يؤكد", "يؤيد",
	"يحث", "يحيط علما", "يدعو", "يدين", "يرحب", "يشجع", "يشدد", "يشكر", "يشيد", "يطلب",
	"يعتمد", "يعرب", "يعلن", "يعهد", "يعيد تأكيد", "يقر", "يقرر", "يكرر", "يكلف",
	"يلاحظ", "يلتمس", "يناشد", "يهيب", "يوافق", "يوصي",
	NULL,
};

static const char *const ar_before[] = {
	NULL,
};

static const char *const ar_after[] = {
	"أن", "أيضا", "أيضا أن", "بأن", "بقلق", "بالتقدير", 
	"علاوة على ذلك", "فضلا عن ذلك", "كذلك", "مع الارتياح", "مع الأسف",
	"مع التقدير", "مع القلق",
	NULL,
};

static const char *const zh_preambular[] = {
	"关切地注意到", "关切", "听取了", "回顾", "审查了", "审议了", "希望", "强调", "忆及", "念及", "意识到", "承认", "欢迎",
	"欣见", "注意到", "深为关切", "深信", "渴望", "满意地注意到", "牢记", "申明", "确认", "确信", "考虑到", "表示关切",
	"表示遗憾", "表示赞赏", "认识到", "认为", "赞赏地注意到", "赞赏", "通过了", "遵循", "重申", "鉴于", "铭记", "顾及",
	NULL,
};

static const char *const zh_operative[] = {
	"作出决定", "作出决议", "促请", "做出决定", "做出决议", "~决定", "~决议", "吁请", "~同意", "呼吁", "~声明", "委托",
	"宣布", "宣告", "~建议", "~强调", "恳请", "~感谢", "~批准", "~承认", "~指示", "授权", "提请", "~支持", "敦促",
	"核准", "~欢迎", "~注意到", "祝贺", "~表示", "表示感谢", "~要求", "认可", "请", "谴责", "责成", "~赞同", "赞扬",
	"~通过", "邀请", "~重申", "鼓励",
	NULL,
};

static const char *const zh_before[] = {
	"也", "亦", "再次", "又", "并", "并且", "强烈", "深切", "特别", "还", "进一步", "郑重",
	NULL,
};

static const char *const zh_after[] = {
	NULL,
};

/* clang-format on */

#define LIST(words)                                                                            \
	{                                                                                      \
		(words), sizeof(words) / sizeof(*(words)) - 1                                  \
	}
#define LANGUAGE(index, code, x)                                                               \
	[index] = {code, LIST(x##_preambular), LIST(x##_operative), LIST(x##_before),          \
		   LIST(x##_after)}

const struct call_language call_languages[CALL_LANGUAGES] = {
	LANGUAGE(CALL_EN, "en", en), LANGUAGE(CALL_FR, "fr", fr), LANGUAGE(CALL_ES, "es", es),
	LANGUAGE(CALL_RU, "ru", ru), LANGUAGE(CALL_AR, "ar", ar), LANGUAGE(CALL_ZH, "zh", zh),
};

/* SPDX-License-Identifier: MIT */
#include "core/call_verbs.h"

/* clang-format off */

static const char *const en_preambular[] = {
	"acknowledging", "affirming", "alarmed", "appreciating", "aware", "bearing in mind",
	"being aware", "believing", "cognizant", "concerned", "confident", "conscious",
	"considering", "convinced", "deploring", "desiring", "desirous", "emphasizing",
	"emphasising", "encouraged", "expressing appreciation", "expressing concern",
	"expressing satisfaction", "expressing", "guided by", "having adopted", "having considered",
	"having examined", "having heard", "having in mind", "having noted", "having received",
	"having regard to", "having reviewed", "highlighting", "in pursuit", "in view of",
	"keeping in mind", "mindful", "noting", "observing", "pursuant to", "reaffirming",
	"realizing", "realising", "recalling", "recognizing", "recognising", "referring to",
	"regretting", "reiterating", "seeking", "stressing", "taking account",
	"taking full account", "taking into account", "taking into consideration", "taking note",
	"underlining", "underscoring", "viewing", "welcoming", "whereas", NULL,
};

static const char *const en_operative[] = {
	"accepts", "acknowledges", "adopts", "affirms", "agrees", "~appeals", "approves",
	"authorizes", "authorises", "calls for", "calls on", "calls upon", "commends", "condemns",
	"confirms", "congratulates", "considers", "decides", "declares", "deplores", "designates",
	"directs", "draws attention", "draws the attention", "emphasizes", "emphasises",
	"encourages", "endorses", "establishes", "expresses its appreciation", "expresses",
	"instructs", "invites", "~notes", "proclaims", "proposes", "reaffirms", "recalls",
	"recognizes", "recognises", "recommends", "regrets", "reiterates", "reminds", "~requests",
	"resolves", "stresses", "~supports", "takes note", "~thanks", "transmits", "trusts",
	"underlines", "underscores", "urges", "welcomes", NULL,
};

static const char *const en_before[] = {
	"also", "again", "deeply", "firmly", "fully", "further", "gravely", "hereby", "highly",
	"seriously", "solemnly", "strongly", "then", NULL,
};

static const char *const en_after[] = {
	"again", "also", "by consensus", "further", "furthermore", "in addition", "in particular",
	"in this regard", "moreover", "of", "once again", "that", "therefore", "to", "with appreciation",
	"with approval", "with concern", "with deep concern", "with deep regret", "with grave concern",
	"with interest", "with regret", "with satisfaction", "with serious concern", NULL,
};

static const char *const fr_preambular[] = {
	"affirmant", "alarmé", "alarmée", "appréciant", "attendu", "ayant adopté",
	"ayant à l'esprit", "ayant connaissance", "ayant entendu", "ayant étudié", "ayant examiné",
	"ayant noté", "ayant présent à l'esprit", "ayant reçu", "compte tenu", "confirmant",
	"consciente", "conscient", "conscients", "considérant", "constatant", "convaincue",
	"convaincu", "convaincus", "déplorant", "désireuse", "désireux", "désirant", "encouragé",
	"encouragée", "estimant", "étant donné", "eu égard", "exprimant", "gardant à l'esprit",
	"gardant présent à l'esprit", "guidé par", "guidée par", "inquiet", "inquiète", "insistant",
	"jugeant", "mettant l'accent", "notant", "observant", "persuadée", "persuadé", "préoccupée",
	"préoccupé", "prenant acte", "prenant dûment en compte", "prenant en compte",
	"prenant en considération", "prenant note", "rappelant", "réaffirmant", "reconnaissant",
	"regrettant", "réitérant", "relevant", "résolue", "résolu", "sachant", "saluant",
	"se déclarant", "se félicitant", "se référant", "s'inquiétant", "soucieuse", "soucieux",
	"soulignant", "tenant compte", "tenant dûment compte", "tenant pleinement compte", "vu", NULL,
};

static const char *const fr_operative[] = {
	"accepte", "accueille avec satisfaction", "adopte", "affirme", "appelle", "approuve",
	"appuie", "attire l'attention", "autorise", "~charge", "condamne", "confirme", "constate",
	"convient", "décide", "déclare", "~demande instamment", "~demande", "déplore", "désigne",
	"encourage", "engage", "entérine", "estime", "exhorte", "exprime", "fait appel",
	"fait sienne", "fait siennes", "félicite", "insiste", "institue", "invite instamment",
	"invite", "lance un appel", "~note", "préconise", "prend acte", "prend note", "prie instamment",
	"prie", "proclame", "propose", "rappelle", "réaffirme", "recommande", "reconnaît",
	"regrette", "réitère", "remercie", "sait gré", "salue", "se déclare", "se félicite",
	"souligne", "souscrit", "soutient", "transmet", NULL,
};

static const char *const fr_before[] = {
	"profondément", "vivement", "gravement", "fermement", "pleinement", NULL,
};

static const char *const fr_after[] = {
	"à", "à cet égard", "à nouveau", "avec approbation", "avec gratitude", "avec inquiétude",
	"avec intérêt", "avec préoccupation", "avec regret", "avec satisfaction",
	"avec une profonde préoccupation", "aussi", "de", "de plus", "de nouveau", "des", "du",
	"d'autre part", "également", "en conséquence", "en outre", "en particulier", "enfin",
	"ensuite", "notamment", "par ailleurs", "par consensus", "par", "que", "sur", NULL,
};

static const char *const es_preambular[] = {
	"acogiendo con beneplácito", "acogiendo con satisfacción", "afirmando", "alarmada", "alarmado",
	"apreciando", "celebrando", "consciente", "conscientes", "considerando", "constatando",
	"convencida", "convencido", "convencidos", "deplorando", "deseando", "deseosa", "deseoso",
	"destacando", "expresando", "guiada por", "guiado por", "habiendo adoptado",
	"habiendo considerado", "habiendo escuchado", "habiendo examinado", "habiendo oído",
	"habiendo recibido", "haciendo hincapié", "haciendo notar", "insistiendo", "lamentando",
	"manifestando", "notando", "observando", "persuadida", "persuadido", "poniendo de relieve",
	"preocupada", "preocupado", "profundamente preocupada", "reafirmando", "reconociendo",
	"recordando", "reiterando", "señalando", "subrayando", "teniendo en consideración",
	"teniendo en cuenta", "teniendo presente", "teniendo plenamente en cuenta",
	"tomando conocimiento", "tomando en consideración", "tomando en cuenta", "tomando nota",
	"vista", "visto", NULL,
};

static const char *const es_operative[] = {
	"acepta", "acoge con beneplácito", "acoge con satisfacción", "acuerda", "adopta", "afirma",
	"agradece", "alienta", "anima", "apoya", "aprueba", "autoriza", "celebra", "condena",
	"confirma", "considera", "decide", "declara", "deplora", "designa", "destaca", "encarga",
	"encomienda", "establece", "exhorta", "exige", "expresa", "felicita", "hace hincapié",
	"hace suya", "hace suyas", "hace suyo", "hace un llamamiento", "insta encarecidamente",
	"insta", "invita", "lamenta", "~nota", "observa", "pide", "proclama", "propone", "reafirma",
	"recomienda", "reconoce", "recuerda", "reitera", "resuelve", "ruega", "señala", "solicita",
	"subraya", "toma nota", "transmite", NULL,
};

static const char *const es_before[] = {
	"profundamente", "plenamente", "firmemente", "además", NULL,
};

static const char *const es_after[] = {
	"a", "a este respecto", "además", "asimismo", "con agradecimiento", "con aprecio",
	"con beneplácito", "con interés", "con pesar", "con preocupación", "con profunda preocupación",
	"con reconocimiento", "con satisfacción", "de", "de nuevo", "en", "en consecuencia", "en particular",
	"igualmente", "por consenso", "por otra parte", "que", "también", NULL,
};

static const char *const ru_preambular[] = {
	"будучи воодушевлена", "будучи глубоко обеспокоена", "будучи обеспокоена", "будучи обеспокоен",
	"будучи озабочена", "будучи уверена", "будучи убеждена", "будучи убежден", "ввиду",
	"вновь заявляя", "вновь подтверждая", "выражая", "действуя", "желая", "заслушав", "заявляя",
	"изучив", "имея в виду", "исходя из", "констатируя", "напоминая", "обращая внимание",
	"опираясь", "осознавая", "основываясь", "осуждая", "отдавая себе отчет", "отмечая",
	"памятуя", "подтверждая", "подчеркивая", "полагая", "получив", "приветствуя", "признавая",
	"принимая во внимание", "принимая к сведению", "приняв", "рассмотрев", "руководствуясь",
	"с озабоченностью отмечая", "с признательностью отмечая", "с удовлетворением отмечая",
	"сожалея", "сознавая", "ссылаясь", "стремясь", "считая", "убежденная", "учитывая", NULL,
};

static const char *const ru_operative[] = {
	"благодарит", "вновь заявляет", "вновь подтверждает", "выражает", "заявляет", "назначает",
	"напоминает", "настаивает", "настоятельно предлагает", "настоятельно призывает",
	"настоятельно рекомендует", "обращает внимание", "обращается", "объявляет", "одобряет",
	"осуждает", "отмечает", "побуждает", "подтверждает", "подчеркивает", "поддерживает",
	"поздравляет", "поощряет", "поручает", "постановляет", "предлагает", "приветствует",
	"призывает", "признает", "принимает", "принимает к сведению", "провозглашает", "просит",
	"рекомендует", "решает", "сожалеет", "соглашается", "считает", "уполномочивает",
	"утверждает", "учреждает", NULL,
};

static const char *const ru_before[] = {
	"далее", "также", "вновь", "глубоко", "особо", "с глубокой озабоченностью", "с интересом",
	"с озабоченностью", "с признательностью", "с сожалением", "с удовлетворением", "торжественно",
	NULL,
};

static const char *const ru_after[] = {
	"в частности", "далее", "кроме того", "на", "особо", "с глубокой озабоченностью",
	"с озабоченностью", "с признательностью", "с сожалением", "с удовлетворением", "также", "что",
	NULL,
};

static const char *const ar_preambular[] = {
	"إذ تأخذ بعين الاعتبار", "إذ تأخذ في الاعتبار", "إذ تأخذ في الحسبان", "إذ تأسف", "إذ تؤكد",
	"إذ تؤمن", "إذ تبرز", "إذ تحيط علما", "إذ تدرك", "إذ تذكر", "إذ ترحب", "إذ ترغب", "إذ ترى",
	"إذ تسترشد", "إذ تسلم", "إذ تشدد", "إذ تشير", "إذ تضع في اعتبارها", "إذ تعتبر", "إذ تعترف",
	"إذ تعرب", "إذ تعي", "إذ تعيد إلى الأذهان", "إذ تعيد تأكيد", "إذ تقدر", "إذ تقر", "إذ تكرر",
	"إذ تلاحظ", "إذ يأخذ بعين الاعتبار", "إذ يأخذ في الاعتبار", "إذ يأخذ في الحسبان", "إذ يأسف",
	"إذ يؤكد", "إذ يؤمن", "إذ يبرز", "إذ يحيط علما", "إذ يدرك", "إذ يذكر", "إذ يرحب", "إذ يرغب",
	"إذ يرى", "إذ يساوره القلق", "إذ يساورها القلق", "إذ يسترشد", "إذ يسلم", "إذ يشدد", "إذ يشير",
	"إذ يضع في اعتباره", "إذ يعتبر", "إذ يعترف", "إذ يعرب", "إذ يعي", "إذ يعيد إلى الأذهان",
	"إذ يعيد تأكيد", "إذ يقدر", "إذ يقر", "إذ يكرر", "إذ يلاحظ", "إذ لا يغيب عن باله",
	"إذ لا يغيب عن بالها", "بعد أن نظر", "بعد أن نظرت", "بعد النظر", "قد اعتمد", "قد اعتمدت",
	"قد نظر", "قد نظرت", "لما كان", "لما كانت", NULL,
};

static const char *const ar_operative[] = {
	"تأذن", "تؤكد", "تؤيد", "تحث", "تحيط علما", "تدعو", "تدين", "ترحب", "تشجع", "تشدد", "تشكر",
	"تشيد", "تطلب", "تعتمد", "تعرب", "تعلن", "تعهد", "تعيد تأكيد", "تقر", "تقرر", "تكرر",
	"تكلف", "تلاحظ", "تناشد", "تهيب", "توافق", "توصي", "يأذن", "يؤكد", "يؤيد", "يحث",
	"يحيط علما", "يدعو", "يدين", "يرحب", "يشجع", "يشدد", "يشكر", "يشيد", "يطلب", "يعتمد",
	"يعرب", "يعلن", "يعهد", "يعيد تأكيد", "يقر", "يقرر", "يكرر", "يكلف", "يلاحظ", "يلتمس",
	"يناشد", "يهيب", "يوافق", "يوصي", NULL,
};

static const char *const ar_before[] = {NULL};

static const char *const ar_after[] = {
	"أن", "أيضا", "إلى", "أيضا أن", "ب", "بأن", "بقلق", "بالتقدير", "على", "علاوة على ذلك",
	"عن", "فضلا عن ذلك", "في", "كذلك", "مع الارتياح", "مع الأسف", "مع التقدير", "مع القلق",
	NULL,
};

static const char *const zh_preambular[] = {
	"表示关切", "表示遗憾", "表示赞赏", "承认", "关切地注意到", "关切", "顾及", "鉴于",
	"回顾", "忆及", "考虑到", "渴望", "满意地注意到", "铭记", "牢记", "念及", "强调", "确认", "确信",
	"认识到", "认为", "申明", "审查了", "审议了", "深为关切", "深信", "听取了", "通过了", "希望",
	"欣见", "意识到", "欢迎", "赞赏地注意到", "赞赏", "重申", "注意到", "遵循", NULL,
};

static const char *const zh_operative[] = {
	"~表示", "表示感谢", "~承认", "促请", "~感谢", "鼓励", "核准", "呼吁", "~欢迎", "恳请", "~建议",
	"~决定", "~决议", "吁请", "~批准", "~强调", "请", "谴责", "认可", "授权", "~声明", "提请", "~通过",
	"~同意", "委托", "宣布", "宣告", "~要求", "邀请", "责成", "~赞同", "赞扬", "~支持", "~指示",
	"~重申", "~注意到", "祝贺", "做出决定", "做出决议", "作出决定", "作出决议", "敦促", NULL,
};

static const char *const zh_before[] = {
	"并", "并且", "还", "进一步", "强烈", "深切", "特别", "也", "又", "再次", "郑重", "亦", NULL,
};

static const char *const zh_after[] = {NULL};

/* clang-format on */

const struct call_language call_languages[CALL_LANGUAGES] = {
	[CALL_EN] = {"en", en_preambular, en_operative, en_before, en_after},
	[CALL_FR] = {"fr", fr_preambular, fr_operative, fr_before, fr_after},
	[CALL_ES] = {"es", es_preambular, es_operative, es_before, es_after},
	[CALL_RU] = {"ru", ru_preambular, ru_operative, ru_before, ru_after},
	[CALL_AR] = {"ar", ar_preambular, ar_operative, ar_before, ar_after},
	[CALL_ZH] = {"zh", zh_preambular, zh_operative, zh_before, zh_after},
};

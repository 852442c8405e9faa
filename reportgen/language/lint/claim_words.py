"""Words that claim something, kind by kind, and the conditions that can vouch for each kind.

Output: ``CLAIMS_ANYWHERE`` and ``CLAIMS_IN_STATEMENTS``. A word of a kind is accepted only within a condition that asks
one of the kind's guards. No figure can vouch for a kind without guards (cause and effect): it needs a reason in
``release.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

UPWARDS: Final = ("rose", "more", "higher", "longer", "rose_most", "more_than_half", "more_than_doubled")
DOWNWARDS: Final = ("fell", "fewer", "less", "lower", "shorter", "fell_most", "less_than_half", "more_than_halved")
LEVEL: Final = ("stayed_the_same", "hardly_changed", "as_many", "about_as_many", "the_same", "compared")
RATIOS: Final = (
    "nearly_doubled",
    "doubled",
    "more_than_doubled",
    "nearly_halved",
    "halved",
    "more_than_halved",
)
MOVED: Final = (
    *UPWARDS,
    *DOWNWARDS,
    *LEVEL,
    *RATIOS,
    "rose_or_fell",
    "more_or_fewer",
    "higher_or_lower",
    "sharply",
    "slightly",
    "significantly",
    "by_chance",
)
PARTS: Final = ("all", "almost_all", "most", "more_than_half", "about_half", "less_than_half", "few", "only")
TOPS: Final = (
    "largest",
    "only",
    "rose_most",
    "fell_most",
    "first_in_each",
    "most_positive",
    "widest_gap",
    "most",
    "more_than_half",
    "almost_all",
)
BOTTOMS: Final = ("least_positive",)
RANKS: Final = (*TOPS, *BOTTOMS, *PARTS)
UP: Final = (
    r"an?\s+(?:\w+\s+)?(?:rise|jump|surge|growth|increase)\s+(?:in|of|from|on)|the\s+(?:\w+\s+)?(?:rise|growth|increase)\s+(?:in|was|at)"
    r"|(?:went|go(?:es|ne|ing)?|moved)\s+(?:back\s+)?up(?!\s+to\s+date)|upwards?"
    r"|rose|risen|rises|rising|increas(?:ed|es|ing|e)|grew|grown|growing|soared|surged|climbed|climbing|jumped"
    r"|up\s+(?:from|by|on)"
)
DOWN: Final = (
    r"an?\s+(?:\w+\s+)?(?:fall|drop|decline|decrease)\s+(?:in|of|from|on)|the\s+(?:\w+\s+)?(?:fall|drop|decline|decrease)\s+(?:in|was|at)"
    r"|(?:went|go(?:es|ne|ing)?|moved)\s+(?:back\s+)?down|downwards?"
    r"|fell|fallen|falls(?!\s+(?:after|before|in|within|on|under|due)\b)|falling|decreas(?:ed|es|ing|e)|declin(?:ed|es|ing|e)|(?<!\bwe\s)dropped|dropping|plunged|plummeted|shrank"
    r"|shrunk|down\s+(?:from|by|on)|(?:brought|went|is|was)\s+(?:\w+\s+)?down\s+to"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """Words of one kind, and the words of the vocabulary that can vouch for them."""

    words: re.Pattern[str]
    guards: tuple[str, ...]


def _kind(words: str, guards: tuple[str, ...]) -> Kind:
    return Kind(re.compile(rf"\b(?=[a-z])(?:{words})\b", re.IGNORECASE), guards)


QUANTITIES: Final = (*MOVED, *RANKS)
ACTIONS: Final = ("all", "only", "actions", "you_said_we_did")
THINGS: Final = (
    r"(?:incidents|notices|penalties|objections|appeals|responses|decisions|actions|recommendations|drivers)"
)
PAST: Final = (
    r"(?:was|were|had|has|have|did|[a-z]{3,}ed|paid|came|led|went|got|told|said|won|lost|chose|took|made|wrote|knew"
    r"|saw|felt|gave|thought)\b"
)
"""A verb that tells what happened."""
PEOPLE: Final = (
    r"(?:people|persons|drivers|owners|hirers|operators|firms|companies|hauliers|respondents|incidents|notices"
    r"|objections|appeals|penalties|responses|decisions|actions|recommendations|vehicles|lorries|cases)"
)
MEASURES_TAKEN: Final = (
    r"(?:penalt(?:y|ies)|fines?|schemes?|rules|changes?|campaigns?|laws?|accreditation|guidance|letters?|leaflets?"
    r"|visits?|this|which|these|that)"
)
EFFECT: Final = r"(?:crossings|incidents|people|drivers|owners|numbers|attempts|entrants|entries|objections|notices)"
HAPPENED: Final = r"(?=\s+(?:was|were|had|has|have|did|came|led|went|involved|followed|ended)\b)"

THAN: Final = r"\s+(?:[\w’]+\s+){0,10}?than(?!\s+(?:one|once|that|it|chance|the\s+(?:law|maximum|level)|are\s+due)\b)"

CLAIMS_ANYWHERE: Final = (
    _kind(UP, UPWARDS),
    _kind(DOWN, DOWNWARDS),
    _kind(r"doubled|doubling|trebled|tripled|quadrupled|halved", RATIOS),
    _kind(r"for\s+the\s+first\s+time|unprecedented", ()),
    _kind(
        r"improved|improving|worsened|worsening"
        r"|(?:un)?changed\s+(?:from|since|on)\s+(?:the\s+)?(?:last|previous)|compared\s+with\s+last\s+year",
        MOVED,
    ),
    _kind(
        r"(?:numbers?|notices|incidents|shares?|figures?|rates?|objections|appeals|it|they)\s+(?:remain(?:ed)?|stayed|held)"
        r"\s+(?:broadly\s+|largely\s+)?(?:the\s+same|level|stable|steady|unchanged|flat)",
        LEVEL,
    ),
    _kind(rf"(?:higher|more|larger|greater|longer|later){THAN}|(?:is|was|are|were)\s+above\s+what", UPWARDS),
    _kind(rf"(?:less|smaller|lower|shorter|sooner|fewer){THAN}|(?:is|was|are|were)\s+below\s+what", DOWNWARDS),
    _kind(
        rf"(?:better|worse|faster|slower|quicker){THAN}"
        r"|(?:below|above)\s+(?:that\s+of|those\s+of|last\s+year|the\s+year\s+before)",
        (*MOVED, *RANKS),
    ),
    _kind(
        r"(?<!\bat )most(?=\s+[a-z\ue000])(?!\s+(?:that|recent)\b)"
        r"|(?<!be shown to have the )(?:highest|largest|greatest|biggest)|longest|slowest(?!\s+tenth\b)"
        r"|commonest|busiest|record(?=\s+(?:numbers?|highs?|levels?|year)\b)",
        TOPS,
    ),
    _kind(r"majority|mainly|mostly|predominantly", ("most", "more_than_half", "almost_all")),
    _kind(r"minority", ("less_than_half", "few")),
    _kind(
        r"(?<!be shown to have the )(?:lowest|smallest|fewest)|shortest|fastest|quietest|record(?=\s+lows?\b)"
        r"|least(?=\s+(?:common|often|likely|frequent|popular|\w+ly)\b)",
        BOTTOMS,
    ),
    _kind(r"significan(?:t|tly|ce)", ("significantly",)),
    _kind(r"sharp(?:ly)?|substantial(?:ly)?|dramatic(?:ally)?|steeply|markedly|considerably", ("sharply",)),
    _kind(r"slightly|a\s+little\s+(?:more|less|fewer)", ("slightly", "hardly_changed")),
    _kind(
        r"steadily|(?:just|merely|a\s+mere)(?=\s+\ue000)|only(?=\s+(?:\ue000|a\s+(?:few|small|handful|minority)|one|two|three|about|some)(?:\W|\Z))"
        r"|as\s+(?:few|many|little|much)\s+as",
        LEVEL,
    ),
    _kind(
        r"(?:nearly|almost|virtually)\s+(?:all|every|none|no)|hardly\s+any|very\s+few"
        rf"|all\s+(?:of\s+)?(?:the\s+|our\s+)?(?:\ue000\s+)?{THINGS}(?:\s+of\s+the\s+year)?{HAPPENED}",
        PARTS,
    ),
    _kind(rf"(?:no|zero|none\s+of\s+the)\s+(?:\w+\s+)?{THINGS}{HAPPENED}", ()),
)
"""Words that claim wherever they are written."""

CLAIMS_IN_STATEMENTS: Final = (
    _kind(  # how many of them did something
        r"(?<!\bhow\s)(?<!\bfor\s)(?<!\bin\s)(?<!\bof\s)"
        rf"(?:few|many|several|nobody|no[ -]one|not\s+one(?:\s+\w+)?|none|everyone|everybody|all)"
        rf"(?:\s+of\s+(?:them|these|those|us|you))?(?:\s+{PEOPLE})?\s+(?:\w+ly\s+)?{PAST}"
        rf"|(?<!\bhow\s)(?:few|many|several|only)\s+{PEOPLE}(?=\s+{PAST})"
        r"|(?<!\bof\s)all\s+(?:those\s+|the\s+people\s+)?who\s+\w+\s+(?:\w+ed|said|had|paid|were|was)\b"
        r"|(?:nearly|almost|virtually|practically|hardly|scarcely)\s+(?:everyone|everybody|anyone|anybody|nobody|no\s+one)"
        rf"|(?:{PEOPLE}|they|it|numbers?)\s+(?:was|were|is|are)\s+(?:very\s+|quite\s+)?(?:few|rare|common|frequent)"
        r"|every\s+(?:second|third|fourth|fifth|tenth)|one\s+[a-z]+\s+in\s+(?:two|three|four|five|six|ten)(?!\s+(?:years|months))"
        rf"|(?<!\bif\s)an?\s+(?:large|small|good|big|growing|shrinking|high|low)\s+(?:share|part|proportion|number)\s+of"
        rf"|(?:{PEOPLE})\s+(?:paid|got|received|took)\s+the\s+(?:lot|bulk|rest)",
        QUANTITIES,
    ),
    _kind(  # compared without “than”
        rf"(?:many|far|much|slightly|a\s+few|a\s+lot|even|still)\s+(?:more|fewer|less)(?=\s+{PEOPLE}|\s+{PAST})"
        rf"|(?<!\bno\s)(?<!\bthe\s)(?<!\bwhere\s)(?<!\bif\s)(?:more|fewer)\s+{PEOPLE}(?=\s+{PAST})"
        r"|(?:more\s+and\s+more|fewer\s+and\s+fewer|less\s+and\s+less)"
        r"|(?:was|were|is|are|got|became|take|took)\s+(?:much\s+|far\s+|slightly\s+|even\s+|a\s+little\s+)?"
        r"(?:quicker|faster|slower|longer|shorter|higher|lower|larger|smaller|better|worse|greater|commoner|rarer)\b"
        r"(?!\s+(?:of|than|or)\b)"
        r"|(?:more|less)\s+(?:likely|often|satisfied|common|frequent|positive|negative)(?=\W|\Z)"
        r"|(?:did|fared|got)\s+(?:better|worse)|(?<!\bcan\s)(?<!\bmay\s)(?:averaged|cost|paid|took)\s+(?:more|less)\b(?!\s+than)"
        r"|(?:up|down)wards?|outnumber(?:ed|s)?|outstripped|overtook|overtaken|surpassed|exceeded",
        (*MOVED, *RANKS),
    ),
    _kind(  # movements
        r"dwindled|multiplied|(?<!\bbe\s)(?:widened|narrowed|shortened|lengthened)|peaked|spiked|rocketed|tumbled|slumped|crept|eased"
        r"|rebounded|recovered(?!\s+(?:from|by|through)\b)|through\s+the\s+roof|all-time|hit\s+an?\s+(?:new\s+)?(?:high|low|record)"
        r"|an?\s+(?:new\s+)?(?:record|high|low|peak|spike)(?=\s+(?:in|of|for|\ue000)|\s*[.,;])|an?\s+(?:spike|peak|surge)\s+in"
        r"|no\s+change(?=\s*[.,;]|\s+(?:in|from|on)\s+(?:the\s+)?(?:number|share|value|last|year))|nothing\s+changed"
        r"|(?:similar\s+to|as\s+in|the\s+same\s+as(?:\s+in)?)\s+(?:last\s+year|the\s+year\s+before|\ue000)"
        r"|trend(?:s|ed)?\b(?=\s+(?:is|was|are|were|of|in|towards?|to|up|down)\b)",
        MOVED,
    ),
    _kind(  # the first among others
        r"(?:leads?|tops?|topped|heads|headed)\s+(?:the\s+)?(?:list|table|ranking)|(?:ranked|ranks)\s+(?:first|second|third|last|top)"
        r"|(?:the\s+)?(?:bulk|lion[’']s\s+share)|dominat(?:ed|es|ing)|the\s+(?:best|worst)\s+(?:year|month|quarter|place|result|figure)"
        r"|the\s+(?:least|most)\s+(?:\w+)(?=\s*[.,;]|\s+(?:of|in|were|was|among))",
        RANKS,
    ),
    _kind(  # finished
        r"(?:all|every)\s+(?:of\s+)?(?:the\s+|our\s+|these\s+)?(?:\w+\s+)?(?:actions?|recommendations?|objections?|appeals?|cases?|notices?)\s+"
        r"(?:is|are|was|were|has\s+been|have\s+been)\s+(?:now\s+)?(?:complete|completed|done|finished|closed|settled|decided|on\s+time|paid|met)"
        r"|backlogs?\s+(?:was|were|is|are|has|have)\b",
        ACTIONS,
    ),
    _kind(  # judged
        r"(?:rates?|satisfaction|shares?|numbers?|penalties|response|objections|appeals|figures?|levels?)\s+(?:was|were|is|are|remain(?:s|ed)?|stayed)"
        r"\s+(?:very\s+|too\s+|quite\s+|relatively\s+)?(?:high|low|good|bad|poor|strong|weak|rare|common|encouraging|disappointing)",
        (*MOVED, *RANKS),
    ),
    _kind(  # cause and effect: no figure of ours can show it
        rf"deterr(?:ed|ing|ent\s+effect)|{MEASURES_TAKEN}\s+(?:has\s+|have\s+|had\s+)?(?:clearly\s+|already\s+)?"
        rf"(?:prevented|stopped|discouraged|reduced|cut|lowered|raised|caused)\s+(?:\w+\s+){{0,2}}?{EFFECT}"
        rf"|(?:this|which|that|it)\s+(?:has\s+)?led\s+to\s+(?:fewer|more|less|lower|higher|a\s+(?:rise|fall|drop))|thanks\s+to|(?:because\s+of|owing\s+to)\s+(?:the\s+|our\s+|these\s+)?(?:\w+\s+)?"
        rf"(?:penalties|scheme|fines|campaign|rules|changes)(?=[^.]*\b(?:{UP}|{DOWN}|fewer|more|less)\b)"
        r"|(?<!how\s)\bthe\s+scheme\s+(?:works|worked|is\s+working|has\s+worked|succeed(?:s|ed))(?=\s*[.!,;]|\s+well\b)",
        (),
    ),
    _kind(  # what followed from what people said
        r"you\s+(?:said|told\s+us|asked)\b[^.\n]*[.:;]\s+(?:so\s+)?we\s+(?:did|have|[a-z]{2,}ed|rewrote|wrote|made|put|cut|set|built|gave)\b",
        ACTIONS,
    ),
    _kind(  # how things stand
        r"(?:is|are)\s+(?:performing|working\s+well|getting|worsening|starting\s+to|on\s+(?:course|track|a\s+par)|over-?represented"
        r"|under-?represented)|(?:continues?\s+to|remains?)\s+(?:the\b|too\b|a\b|high\b|low\b|to\s+be\b|bear|make|be\b)"
        r"|appears?\s+to\s+(?:have|be)|(?:the\s+)?figures\s+suggest|(?:bears?|bore)\s+the\s+brunt|on\s+a\s+par"
        r"|(?:ahead\s+of|behind)\s+schedule|on\s+course|long\s+way\s+to\s+go|the\s+(?:greater|larger|smaller|main)\s+part\s+of"
        r"|typically|rarely|seldom|as\s+usual|as\s+a\s+rule|like\s+last\s+year|dwarfs?\b|few\s+and\s+far\s+between"
        r"|(?:the\s+)?main\s+(?:complaint|concern|worry|reason|cause)\s+(?:is|was)|too\s+(?:high|low|few|many|slow)(?=\s*(?:[.,;]|\Z|\n))"
        r"|(?:a\s+)?(?:quiet|busy)(?:er)?\s+(?:year|month|summer|winter)|marked\s+improvement|(?:steady|good|slow)\s+progress|mixed\s+picture"
        r"|(?:shorter|longer)\s+(?:waits?|times|queues)|there\s+is\s+(?:strong|little|broad|wide)\s+(?:support|interest)",
        (*MOVED, *RANKS),
    ),
)
"""Words that claim something in a sentence that states, and nothing in one that only supposes (“may be longer”)."""

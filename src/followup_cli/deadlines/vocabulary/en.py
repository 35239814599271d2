"""The words of English deadlines: literals only, in the notation that the package explains."""

# fmt: off
TRAITS = "articles"
ENDINGS = {
    "s": "s+",
    "time": " time| standard time| daylight time| summer time| daylight saving time| mean time",
}
NUMBER_ENDINGS = {
    "ord": "st nd rd th",
    "decade": "s",
}
EVENT_ENDINGS = "tion tions sion sions ment ments ance ence ing al als ure"
FORMS = {
    "mon": {
        1: "january|jan", 2: "february|feb", 3: "march|mar", 4: "april|apr", 5: "may", 6: "june|jun",
        7: "july|jul", 8: "august|aug", 9: "september|sept|sep", 10: "october|oct", 11: "november|nov",
        12: "december|dec",
    },
    "season": {
        1: "spring|springtime", 2: "summer|summertime", 3: "autumn|fall", 4: "winter",
    },
    "weekday": {
        0: "monday(- s)|mon", 1: "tuesday(- s)|tue|tues", 2: "wednesday(- s)|wed",
        3: "thursday(- s)|thu|thur|thurs", 4: "friday(- s)|fri", 5: "saturday(- s)|sat",
        6: "sunday(- s)|sun",
    },
    "unit": {
        "day": "day(- s+)|calendar day(- s+)|consecutive day(- s)",
        "workday": "working day(- s)|business day(- s)|workday(- s)|work day(- s)", "hour": "hour(- s)|hrs",
        "week": "week(- s+)|week's|calendar week(- s)|wk(- s)", "fortnight": "fortnight(- s)",
        "ten-days": "ten day period(- s)|10 day period(- s)|dekad(- s)",
        "month": "month|calendar month|mo|mth|month's", "months": "months|calendar months|mos|mths",
        "quarter": "quarter(- s+)|calendar quarter(- s+)|qtr(- s+)|trimester(- s+)",
        "third": "third of the year|four month period(- s)|tertial(- s)|quadrimester(- s)",
        "half": "half|halves|half year(- s+)|semester(- s+)|calendar half year(- s+)",
        "year": "year|year~s|calendar year|calendar year~s|yr(- s)|cy|year's|calendar year's",
        "fiscal-year": "fiscal year(- s)|financial year(- s)|budget year(- s)|budgetary year(- s)|fy|fys",
        "academic-year": "academic year(- s)|school year(- s)|study year(- s)|ay", "decade": "decade(- s)",
    },
    "part": {
        ("third", 1): "first third|1st third", ("third", 2): "second third|2nd third|middle third",
        ("third", 3): "third third|last third|3rd third|final third",
    },
    "numeral": {
        1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine",
        10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen",
        17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty",
        50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety",
        100: "hundred|hundred and|one hundred|one hundred and|a hundred|a hundred and",
    },
    "ordinal": {
        1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth",
        9: "ninth", 10: "tenth", 11: "eleventh", 12: "twelfth", 13: "thirteenth", 14: "fourteenth",
        15: "fifteenth", 16: "sixteenth", 17: "seventeenth", 18: "eighteenth", 19: "nineteenth",
        20: "twentieth", 30: "thirtieth", -1: "last|final|closing",
    },
    "half-more": {
        None: "and a half|and one half",
    },
    "dur": {
        (6, "month"): "half a year|half of a year|half an year|one half year",
        (18, "month"): "a year and a half|one year and a half", (30, "month"): "two years and a half",
    },
    "point": {
        "early": "early|early in|early on in",
        "begin": "beginning of|start of|outset of|opening of|commencement of",
        "mid": "mid|middle of|midpoint of|halfway through|mid way through|mid point of",
        "end": "end|end of|ending of|close of|conclusion of|very end of",
        "late": "late|late in|latter part of|later part of",
        ("end", "year"): "year end|yearend|eoy|calendar year end|years end|year's end",
        ("end", "fiscal-year"): "fye|eofy|fiscal year end|financial year end",
        ("end", "quarter"): "eoq|quarter end", ("end", "month"): "eom|month end",
        ("mid", "year"): "mid year|midyear",
    },
    "by": {
        None: "by|no later than|not later than|on or before|at the latest by|at latest by|by no later than"
            "|by not later than|prior to or on|not after|no later|not beyond|before or on|toward(- s)"
            "|on or prior to|latest by|up to and including|until and including|before or by|in or before"
            "|by or before|in or by|no later than by|by at the latest|by or on|not any later than"
            "|not exceeding",
    },
    "to": {
        None: "to|until|till|til|through|thru|up to|up until|up till|ending|ending on|ending in|ending by"
            "|ends|ends on|through to|through until|until at least",
    },
    "by-post": {
        None: "by the latest|at the latest|at latest|or earlier|or sooner|or before|latest|the latest",
    },
    "before": {
        None: "before|prior to|earlier than|ahead of|in advance of|preceding|up to but not including"
            "|until but not including|no later than before|by before|any time before|at any time before",
    },
    "from": {
        None: "from|from and including|from on|upon|effective|effective from",
        "one": "since|as of|as from|with effect from|with effect as of|with effect as from|wef|effective as of"
            "|effective as from|on and after|on and from|on or after|beginning on or after|beginning|starting|starting from|starting in|starting on|starting with|starting at"
            "|beginning in|beginning on|beginning from|beginning with|beginning at|no earlier than"
            "|not earlier than|not before|commencing|commencing in|commencing on|commencing from"
            "|commencing with|in or after|from or after|no sooner than|not sooner than|to start in"
            "|to start on|to start from|to begin in|to begin on|to commence in|to commence on|start in"
            "|start from|starts in|starts on|starts from|begins in|begins on|begin in|begin on"
            "|not prior to",
    },
    "after": {
        None: "after|post|later than|subsequent to|beyond", "past": "past",
    },
    "from-post": {
        None: "then|and then|onward(- s)|and onward(- s)|and after|and beyond|and later|and thereafter|on wards"
            "|and following|and on|and subsequent years|and following years|and further"
            "|and the following years|thereafter|or later|and following year|and on wards|and forward"
            "|forward|and afterwards",
    },
    "between": {
        None: "between|in between|anywhere between",
    },
    "during": {
        None: "during|within|throughout|over|over the course of|in the course of|during the course of"
            "|for the duration of|over the period|during the period|within the period|throughout the period"
            "|for the whole of|for all of|the whole of|all of|during the whole of|in the space of|inside"
            "|across|over the period of|during the period of|within the period of|within a period of"
            "|for a period of|over a period of|during a period of|all through|throughout the course of"
            "|within the course of|throughout the whole of|throughout all of|for the entirety of"
            "|through the course of|in the span of|during the years|throughout the years|over the years"
            "|within the years|all throughout|within the limits of|for the whole|in a period of"
            "|within the time frame of|within the timeframe of|throughout the entire|during the entire"
            "|during the whole|for the entire|throughout the whole|not more than|no more than"
            "|within no more than|within not more than|at most|within at most|within a maximum of"
            "|within up to|whole|entire|within the span of|in under|in less than|within the space of",
    },
    "in": {
        "": "on|at|for|during or in|in the period|in the period of|for the period|for the period of"
            "|in the years|for the years|in the month of|on the day of|as at|in the time frame"
            "|in the timeframe",
        "later": "in|on the date that is|on the day that is|the date that is|the day that is",
    },
    "later": {
        None: "later|from now|hence|thereafter|time|from today|after that|s time|from the present",
    },
    "comma": {
        None: "but|yet|and in any event|in any event|and in any case|in any case|but in any event|but in any case",
    },
    "and": {
        None: "and|as well as|and also|and again|plus|together with",
    },
    "of": {
        None: "of|of the|for the period of|the period",
    },
    "a": {
        None: "a|an",
    },
    "this": {
        0: "this|current|present|this current|same", 1: "next", 2: "coming|upcoming|forthcoming",
    },
    "following": {
        "after": "following",
    },
    "freq": {
        ("YEARLY", 1): "annual|annually|yearly|per annum|per year|on an annual basis|on a yearly basis"
            "|on annual basis|annual basis|once yearly|once annually|pa|year by year|year on year"
            "|annually each year|every single year|each and every year|on a year by year basis|yearly basis",
        ("MONTHLY", 6): "semi annual|semi annually|semiannual|semiannually|half yearly|biannual|biannually"
            "|bi annual|bi annually|six monthly|6 monthly|every half year|on a semi annual basis"
            "|on a half yearly basis|on a biannual basis|on a semiannual basis|twice yearly|twice annually"
            "|on a six monthly basis|halfyearly|on a bi annual basis",
        ("MONTHLY", 4): "four monthly|every third of a year|thrice yearly|thrice annually",
        ("MONTHLY", 3): "quarterly|on a quarterly basis|on quarterly basis|three monthly|3 monthly"
            "|trimestrial|trimestrially|trimonthly|per quarter|quarterly basis",
        ("MONTHLY", 2): "two monthly|every other month",
        ("MONTHLY", 1): "monthly|on a monthly basis|on monthly basis|per month|monthly basis",
        ("WEEKLY", 1): "weekly|on a weekly basis|per week|weekly basis",
        ("WEEKLY", 2): "fortnightly|every other week|on a fortnightly basis",
        ("DAILY", 1): "daily|on a daily basis|per day|daily basis",
        ("YEARLY", 2): "biennial|biennially|every other year|on a biennial basis|two yearly|2 yearly"
            "|in alternate years|every alternate year|each alternate year|each other year|alternate years",
        ("YEARLY", 3): "triennial|triennially|three yearly|on a triennial basis",
        ("YEARLY", 4): "quadrennial|quadrennially|four yearly",
        ("YEARLY", 5): "quinquennial|quinquennially|five yearly", ("YEARLY", 10): "decennial|decennially",
    },
    "every": {
        None: "every|each|each and every|every single",
    },
    "once": {
        1: "once|one time", 2: "twice",
        3: "thrice",
    },
    "times": {
        None: "times",
    },
    "per": {
        None: "per|in each|in every|during each|during every",
    },
    "least": {
        None: "at least|not less than|no less than|not less frequently than|no less frequently than"
            "|not less often than|at a minimum|at minimum|as a minimum|a minimum of|minimum|no fewer than"
            "|not fewer than",
    },
    "report": {
        None: "reporting|reported|relevant|respective|corresponding",
    },
    "previous": {
        None: "previous|preceding year|prior|past year|the previous",
    },
    "ongoing": {
        None: "ongoing|on going|continuous|continuously|continuing|continual|continually|permanent"
            "|permanently|constant|constantly|regular|regularly|systematic|systematically"
            "|on an ongoing basis|on ongoing basis|on a continuous basis|on a continuing basis"
            "|on a permanent basis|on a constant basis|on a regular basis|on regular basis"
            "|on a systematic basis|on permanent basis|on continuous basis|in an ongoing manner"
            "|uninterrupted|uninterruptedly|without interruption|non stop|perpetual|in perpetuity"
            "|perpetually|indefinite|indefinitely|open ended|standing|at all times|always|rolling"
            "|on a rolling basis|in a continuous manner|in a systematic manner|in a regular manner"
            "|for an indefinite period",
    },
    "undetermined": {
        "none": "until further notice|until revoked|until rescinded|until superseded|tbd|tbc|tba|tbs|na"
            "|n a|n/a|to be determined|to be decided|to be confirmed|to be defined|to be announced"
            "|to be agreed|to be agreed upon|to be established|to be specified|to be set|to be fixed"
            "|to be advised|to be clarified|to be discussed|to be scheduled|yet to be determined"
            "|still to be determined|yet to be decided|yet to be confirmed|not yet determined"
            "|not yet decided|not yet set|not yet defined|not yet fixed|not determined|not defined"
            "|not specified|not set|not applicable|not established|not stated|not indicated|not given"
            "|not available|not known|not fixed|not decided|unknown|unspecified|undefined|undetermined"
            "|undecided|none|nil|no deadline|no date|no due date|no fixed date|no fixed deadline"
            "|no specific deadline|no specific date|no set deadline|no set date|no time limit|no timeline"
            "|no time frame|no timeframe|without deadline|without a deadline|without time limit"
            "|without a time limit|no deadline set|no date set|no deadline specified|no date specified"
            "|deadline not set|date not set|deadline to be determined|date to be determined|date tbd"
            "|date tbc|date to be confirmed|dates to be confirmed|dates to be determined"
            "|date to be decided|date to be agreed|deadline tbd|deadline to be confirmed"
            "|timeline to be determined|timeline tbd|no fixed term|no term|time to be determined|ad hoc"
            "|on an ad hoc basis|case by case|on a case by case basis|on occasion|by individual decision",
        "need": "as needed|as necessary|as required|as appropriate|as applicable|as the need arises"
            "|as need arises|when needed|when necessary|when required|when appropriate|where necessary"
            "|where needed|where required|where appropriate|if needed|if necessary|if required"
            "|if appropriate|if applicable|as and when needed|as and when required|as and when necessary"
            "|as and when|on an as needed basis|on as needed basis|on a needs basis|on a need basis"
            "|on need basis|on needs basis|whenever needed|whenever necessary|whenever required"
            "|in case of need|in case of necessity|depending on need|depending on needs"
            "|depending on the need|depending on the needs|subject to need|according to need"
            "|according to needs|upon need|upon necessity|upon requirement|as may be necessary"
            "|as may be required|as may be needed|by agreement|as agreed|by mutual agreement"
            "|upon agreement|subject to agreement|on agreement|by arrangement|in agreement|by consent"
            "|as agreed upon|as may be agreed|by agreement of the parties|if agreed|subject to funding"
            "|subject to funds|subject to available funds|subject to available funding"
            "|subject to availability of funds|subject to the availability of funds"
            "|subject to availability of funding|subject to the availability of funding"
            "|subject to availability of resources|subject to the availability of resources"
            "|subject to available resources|subject to resources|subject to budget"
            "|subject to budget availability|subject to approval|subject to budget approval"
            "|subject to availability|depending on funding|depending on funds|depending on resources"
            "|depending on availability of funds|depending on the availability of funds"
            "|depending on availability of funding|depending on the availability of funding"
            "|depending on availability of resources|depending on the availability of resources"
            "|dependent on funding|pending funding|pending availability of funds|pending approval"
            "|when funds are available|when funding is available|if funds are available"
            "|if funding is available|as funds become available|as funding becomes available"
            "|as funds permit|as resources permit|as resources allow|as funding allows|as funding permits"
            "|as funds allow|when funds become available|funds permitting|funding permitting"
            "|resources permitting|within available resources|within available funds|if funding allows"
            "|if funds allow|when resources permit|when resources are available|contingent on funding"
            "|contingent upon funding|based on need|upon availability of funds"
            "|upon availability of funding|upon the availability of funds|on availability of funds",
        "request": "upon request|on request|at request|by request|as requested|if requested|when requested"
            "|at the request of the parties|on demand|upon demand",
        "no-term": "short term|medium term|long term|mid term|near term|in the short term"
            "|in the medium term|in the long term|in the near term|over the long term|over the short term"
            "|over the medium term|short to medium term|medium to long term|short and medium term"
            "|medium and long term|in the longer term|longer term|in the short to medium term"
            "|in the medium to long term|for the short term|for the long term|for the medium term"
            "|immediate effect|with immediate effect|effective immediately|starting immediately",
        "now": "immediately|immediate|forthwith|at once|without delay|instantly|right away|straight away"
            "|immediate action|immediately and without delay|without any delay",
    },
    "vague": {
        "may be twice in a period, or once in two": "biweekly|bi weekly|bimonthly|bi monthly|biyearly"
            "|bi yearly",
        "is a status, and no deadline": "completed|finished|finalised|finalized|delivered|achieved|implemented"
            "|done|concluded|accomplished|submitted|ready|started|under way|underway|in progress|on track"
            "|delayed|overdue|cancelled|canceled|not started|behind schedule|on hold",
        "says of what time something tells, and not by when": "report for|reports for|reporting for",
        "asap": "asap|as soon as possible|as soon as practicable|as soon as feasible|as early as possible"
            "|as quickly as possible",
        None: "soon|within the next year|over the next year|in the coming year"
            "|at the earliest"
            "|at the earliest opportunity|at the earliest convenience|later on|in due course|in due time"
            "|in the near future|in the future|in future|near future|in the foreseeable future|shortly"
            "|promptly|quickly|urgently|urgent|eventually|sometime|some time|some day|someday|one day"
            "|at a later date|at a later stage|at a later time|in time|timely|in a timely manner"
            "|in a timely fashion|on time|in good time|when possible|where possible|if possible"
            "|as far as possible|whenever possible|in the shortest possible time"
            "|without undue delay|in the coming months|in the coming years|in the coming weeks"
            "|in the coming days|in the next few months|in the next few years|in the next few weeks"
            "|over the coming months|over the coming years|recently|before long|in a while|presently|now"
            "|possibly|hopefully|perhaps|maybe|probably|likely|most likely|potentially|ideally"
            "|roughly speaking|conceivably|at some point|at some time|some point",
    },
    "label": {
        "first": "first report|initial report|with the first report|with first report|with an initial report"
            "|with the initial report|first report is|first time",
        "report": "report|report due|report is due|due|due on|due in|due at|is due|is due on|is due by",
        "due": "deadline|deadlines|deadline for completion|deadline for implementation|deadline is"
            "|due date|target date|target|target deadline"
            "|target completion date|completion date|completion|completion by|for completion by|for completion in|date of completion|complete"
            "|complete in|complete on|complete by|completed by"
            "|to be completed|to be completed by|to be completed in|to be completed on|to be complete"
            "|to be complete by|must be completed|must be completed by|should be completed"
            "|should be completed by|shall be completed|shall be completed by|will be completed"
            "|will be completed by|expected completion|expected completion date|planned completion"
            "|planned completion date|to be finished|finish by|finish in|to finish in|to finish by"
            "|finalise|finalize|to be finalised|to be finalized|to be finalised in"
            "|to be finalized in|to be delivered|to be delivered in|deliver|delivery|delivery date"
            "|to be achieved|to be achieved in|achieve|to be implemented|to be implemented in"
            "|implement|to be done|to be done in|to be concluded|conclude"
            "|to be accomplished|to complete|to complete in|end date|finish|end on|final date"
            "|final deadline|closing date|finish date|finalisation|finalization|deadline of|date due"
            "|implementation deadline|submission deadline|reporting deadline|deadline for submission"
            "|deadline for reporting|to be submitted|to be ready|to be carried out"
            "|execution deadline|deadline for execution|ending date|expiry|expires|expires on|expiry date"
            "|expiring|expiring on|valid until|valid till|valid through",
        "start": "start|start date|starting date|commencement date|beginning date|begin|begins|launch date"
            "|date of commencement|date of start",
        "none": "timeline|timelines|timeframe|time frame|timing|period of implementation|date|dates|term"
            "|terms|duration|schedule|when|time period|reporting period|timescale|implementation timeline"
            "|implementation date|milestone|frequency|periodicity|planned|scheduled|expected|anticipated|projected|year of implementation",
    },
    "term": {
        "none": "period(- s)|term(- s)|time frame|timeframe|span|time limit|window",
    },
    "approx": {
        None: "around|circa|ca|about|approximately|approx|roughly|tentatively|tentative|provisional"
            "|provisionally|estimated|estimate|indicatively|indicative|at around|at about|in or around"
            "|on or about|on or around|in around|in about|in approximately|preliminarily|preliminary|c"
            "|in or about|more or less|presumably",
        "zone": "est",
    },
    "dayof": {
        None: "of the date|of the day|the date of|date of|the day of|the moment of|moment of|the time of|time of|the date"
            "|the date when|the day when|date on which|the date on which|the date it|the day it"
            "|the date that|date that",
    },
    "event": {
        "adoption": "first official publication|its first official publication|its official publication"
            "|first publication|is issued|was issued|is signed|was signed|is published|is adopted|is approved|is enacted|it is issued|it is adopted|it is approved|it is signed|it is published"
            "|it enters into force|it comes into force|it takes effect|the effective date|adoption|adopting|being adopted|adopted|approval|approved|being approved|signing"
            "|signature|signed|issuance|issue|issued|issuing|publication|published|promulgation|promulgated"
            "|entry into force|entering into force|enters into force|coming into force|comes into force"
            "|entry into effect|coming into effect|taking effect|takes effect|effective date|enactment"
            "|enacted|official publication|approving|publishing|the adoption|its adoption|its approval"
            "|its publication|its signing|its entry into force|its issuance|its signature|being signed"
            "|being published",
        "completion": "completion|finalisation|finalization|the completion|conclusion",
        "implementation": "implementation|realization|realisation|execution|validity|life|lifetime|lifespan"
            "|lifecycle|life cycle|existence|duration",
        "other": "discovery|incident|award|transfer|meeting|hearing|hire|filing|conference|royal assent|receipt|submission|ratification|establishment|launch|receiving|completing|commencement"
            "|expiry|expiration|elections|election|registration|accession|appointment|notification|request"
            "|passage|decision|termination|consultation|consultations|evaluation|assessment|study|studies"
            "|review|introduction|delivery|allocation|endorsement|agreement|contract award|amendment"
            "|analysis|referendum|the receipt|the launch|inauguration|project|programme|pilot"
            "|parliamentary approval",
    },
    "act": {
        "self": "this section|this subsection|this title|this part|this chapter|this article|executive order|this executive order|operational directive|binding operational directive|plan|the plan|action plan|national action plan|nap|plan of action|this plan|road map"
            "|roadmap|decree|this decree|resolution|this resolution|order|this order|memorandum"
            "|this memorandum|directive|document|this document|this law|this act|this regulation"
            "|this decision|this strategy|this programme|this program|this policy|this action plan"
            "|this roadmap|governmental decree|government decree"
            "|follow up plan|this directive|this ordinance|presidential decree"
            "|the present decree|the present plan|the present resolution",
        "body": "government|the government|by the government|cabinet|by the cabinet",
        "law": "law|laws|bill|bills|draft law|draft laws|legislation|amendments|code|act|draft code|concept"
            "|regulation",
    },
    "drop": {
        None: "the|both|inclusive|inclusively|included|both inclusive|cob|close of business|noon|midnight"
            "|at midnight|at noon|end of business|ad|a d|time zone|o'clock|oclock|hrs time|cob on"
            "|approved deadline",
    },
    "zone": {
        None: "eastern|eastern~time|central~time|mountain~time|pacific~time|atlantic~time|greenwich~time"
            "|moscow~time|astana~time|almaty~time|nur sultan~time|kazakhstan~time|london~time|geneva~time"
            "|paris~time|brussels~time|vienna~time|new york~time|washington~time|central european~time"
            "|eastern european~time|western european~time|british~time|local time|et|edt|cst|cdt|mst|mdt|pst"
            "|pdt|pt|cet|cest|eet|eest|bst|ist|almt|utc time",
    },
}

# Canonical phrases.
CASES = {"name": 0}
MONTHS = "January February March April May June July August September October November December"
SEASONS = "spring summer autumn winter"
ORDINALS = "first second third"
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
YEAR = "{y}|this year|next year"
PERIODS = {
    "day": "{n} {name} {Y}", "days": "first {n} days of {name} {Y}",
    "last days": "last {n} days of {name} {Y}", "week": "week {n} of {Y}",
    "month-week": "week {n} of {name} {Y}", "last month-week": "last week of {name} {Y}",
    "ten-days": "{n} ten-day period of {name} {Y}", "half-month": "{O} half of {name} {Y}",
    "month": "{name} {Y}", "months": "first {n} months of {Y}", "last months": "last {n} months of {Y}",
    "season": "{season} {Y}", "winter": "winter {y}/{yy}", "quarter": "Q{n} {Y}",
    "third": "{O} third of {Y}", "half": "H{n} {Y}", "year": "{Y}", "fiscal": "FY {Y}",
    "academic-year": "academic year {y}/{yy}",
}
CURRENT = {
    "fiscal": "this fiscal year||next fiscal year", "week": "this week||next week",
    "month": "this month||next month", "quarter": "this quarter||next quarter",
    "half": "this half-year||next half-year", "decade": "this decade||next decade",
}
POINTS = {
    "begin": "the beginning of {name}", "mid": "the middle of {name}", "end": "the end of {name}",
}
SAY = {
    "first": "first report {}", "then": "{} and {} thereafter",
    "approximate": "approximately {}", "by": "by {name}", "before": "before {name}", "from": "from {name}",
    "after": "after {name}", "range": "from {a[name]} to {b[name]}", "years": "{}-{}",
    "within": "during {name}", "within range": "during {a[name]} - {b[name]}", "ongoing": "ongoing",
    "undetermined": "no deadline", "within span": "within {name}", "due span": "in {name}",
    "from span": "from {name}", "within span after": "within {name} after {event}",
    "due span after": "{name} after {event}", "from span after": "from {name} after {event}",
    "from adoption": "from adoption", "after adoption": "after adoption", "by adoption": "by adoption",
    "before adoption": "before adoption", "from other": "from completion", "after other": "after completion",
    "by other": "by completion", "before other": "before completion", "other": "completion", "join": " and ",
    "months": "{} months", "days": "{} days", "workdays": "{} working days",
}
CYCLES = {
    "YEARLY 1": "annually", "MONTHLY 6": "half-yearly", "MONTHLY 3": "quarterly", "MONTHLY 1": "monthly",
    "WEEKLY 1": "weekly", "DAILY 1": "daily", "YEARLY": "every {} years", "MONTHLY": "every {} months",
    "WEEKLY": "every {} weeks", "DAILY": "every {} days", "MONTHLY on 15,-1": "twice a month",
    "MONTHLY on 10,20,-1": "three times a month", "weekday": "every {}", "day": "by the {}th",
    "last day": "by the last day of the month", "day of month": "by {n} {name}",
    "last of month": "by the end of {name}",
}

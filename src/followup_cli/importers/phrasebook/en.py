"""English."""

HEADINGS = {
    "number": "=no|no.|nr|=#|=ref|ref.|ref no|reference|audit ref|unique ref|action no|action ref|action number|=id|milestone ref|item no|=item|commitment no|=code|=number|s/n|sn|serial|recommendation no",
    "title": "milestone|sub-action|subaction|activity|activities|measure|action|task|recommendation|commitment|initiative|intervention|official name|=name|=title|project|step|strategy|=strategies|what",
    "outcome": "outcome|output|expected result|expected outcome|expected output|result|deliverable|verifiable deliverable|success measure|success criteria|measure of success|measures of success|performance measure|how we will know|how will we know|form of completion|completion form|evidence of completion|product",
    "deadline": "deadline|due|target date|target completion|completion date|end date|timeframe|time frame|timeline|timescale|timing|implementation timeframe|implementation period|by when|date of completion|when|original due|original target|schedule|implementation date|finish|complete by|completed by|to be completed|=term|=terms",
    "start": "start|begin|commence|from",
    "revised": "revised|new due|extended|amended",
    "lead": "lead|agencies in charge|agency in charge|coordinating|accountable|primary",
    "partner": "partner|support|co-operating|cooperating|working with|in partnership|jointly|assist|with|delivery partner|secondary|other agenc|other actor|other bod|other institution|co-execut|co-implement|collaborat|contribut|consult|state actors involved|csos|cso|stakeholders|involved|other departments",
    "agencies": "role of partner|roles of partner|implementing partner|owner|responsib|competent|implementing|agenc|body|bodies|institution|who|department|officer|implementer|in charge",
    "section": "theme|category|priority body|priority name|strategic objective|objective|goal|priority area|pillar|area|chapter|section|topic|workstream|audit title|audit report|=audit|=report title|outcome area|=priority theme|focus area",
    "status": "next step|next action|status|rag|progress|% complete|completion|current status|update",
    "reported": "status date|date of status|status as of|date updated|last updated|update date|reporting date|report date|date of report|date of update",
}
# Words that say it wherever they stand in a heading.
WITHIN = {
    "number": "id|identifier|code|number|no|ref|reference",
    "start": "start date|start",
    "deadline": "end date|due date|target date|completion date|deadline",
    "status": "status|rag",
    "other": "budget|cost|costs|funding|type|notes|comment|comments|description of status|status desc|link|url",
}
# Finest first: where several of these head columns of one table, the finest is the activity.
GRAINS = "milestone|sub-action|subaction|activity|activities|measure|action|task|recommendation|initiative|intervention|commitment|project|strategy|strategies"
MARKS = {
    "lead": "lead|coordinator|coordinating|convener",
    "as-agreed": "as agreed|by agreement|upon agreement|if agreed",
    "partner": "support|partner",
}
UNMARKED: dict[str, str] = {}
PREFIXES = {
    "lead": "lead|lead agency|leads|responsible",
    "partner": "support|supporting|partner|partners|with|in cooperation with|for information",
}
REPEALED = "repealed|deleted|excluded|removed|no longer|cancelled by"
TOTALS = "total|grand total|sub-total|sub total|subtotal|=sum|overall total"
INDICATORS = "indicator|target indicator|kpi|baseline|performance indicator"
NOTES = "note|notes|source|legend|key:|rag:|*|†|¹"
SECTIONS = "strategic objective|objective|goal|pillar|priority|chapter|section|part|theme|area|component|outcome|focus area|commitment"
PLAN = "plan|programme|program|roadmap|matrix|strategy|tracker"
ABSENT = "=n/a|=-|=–|=—|=none|=nil|=not applicable"
VERTICAL = {
    "title": "number and name|name of the commitment|name of commitment|commitment name|commitment title|=commitment|title of the commitment",
    "dates": "commitment start and end|start and end date|timeline|time period|implementation period",
    "lead": "lead implementing|lead agency|lead institution|lead department|responsible agency|lead ministry",
    "partner": "support|other actors|other agencies|state actors involved|csos|cso|civil society organisation|civil society organization|other state|government ministries|partner",
    "agencies": "responsibility|responsible",
    "status": "status|completion level|overall commitment status",
}
NUMBERED = "activity|action|measure|commitment|milestone|output|task|recommendation"
# What stands before the day that the status is of; columns of colours; the months as dates name them.
AS_OF = (
    "as at|as of|status as at|status as of|position as at|position as of|position at|updated on|last updated"
)
SIGNALS = "rag"
MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"

"""German."""

HEADINGS = {
    "number": "nr|lfd|=id|nummer|ziffer",
    "title": "meilenstein|maßnahme|aktivität|handlung|vorhaben|aufgabe|verpflichtung|bezeichnung|titel|empfehlung",
    "outcome": "ergebnis|produkt|output|nachweis|erwartetes ergebnis|zielzustand",
    "deadline": "umsetzung bis|frist|termin|zeitrahmen|zeitplan|bis wann|fertigstellung|enddatum|laufzeit|ende|zieldatum",
    "start": "beginn|start|anfang",
    "revised": "neuer termin|geänderte|verschoben",
    "lead": "federführ|federf|hauptverantwort|koordin",
    "partner": "beteilig|mitwirk|partner|weitere|unterstütz|einbezogen",
    "agencies": "zuständig|verantwort|ressort|behörde|wer|umsetzende",
    "section": "handlungsfeld|themenfeld|bereich|ziel|schwerpunkt|kapitel|abschnitt|thema",
    "status": "stand|status|umsetzungsstand|fortschritt|sachstand|bearbeitungsstand",
    "reported": "stand vom|datum des stands|berichtsdatum|aktualisiert am|letzte aktualisierung|berichtsstand",
}
WITHIN = {"start": "beginn", "deadline": "frist|termin|enddatum"}
GRAINS = "meilenstein|aktivität|aufgabe|maßnahme|handlung|vorhaben|empfehlung|verpflichtung|bezeichnung|titel"
MARKS = {
    "lead": "ff|jeweils ff|federführung|federführend|koordination",
    "as-agreed": "i. e.|i.e.|im einvernehmen|einvernehmen|nach absprache|im benehmen",
    "partner": "nachrichtlich|beteiligt|mitwirkung",
}
# Who is not in charge (FF) takes part: joint rules of procedure of the Federal Ministries, section 15.
UNMARKED = {"ff": "partner", "jeweils ff": "partner"}
PREFIXES = {
    "lead": "federführung|federführend|ff",
    "partner": "nachrichtlich|beteiligt|beteiligte|unter beteiligung von|mitwirkung",
}
REPEALED = "entfallen|gestrichen|aufgehoben|entfällt"
TOTALS = "summe|gesamt|insgesamt|zwischensumme"
INDICATORS = "indikator|kennzahl|zielwert"
NOTES = "anmerkung|hinweis|quelle|*|¹"
SECTIONS = "handlungsfeld|themenfeld|ziel|kapitel|abschnitt|teil|bereich|schwerpunkt"
PLAN = "plan|aktionsplan|programm|fahrplan|strategie|maßnahmen|massnahmen"
ABSENT = "=-|=–|=—|=entfällt|=keine"
VERTICAL = {
    "title": "nummer und bezeichnung|bezeichnung der verpflichtung|=verpflichtung",
    "dates": "laufzeit|beginn und ende",
    "lead": "federführ",
    "partner": "beteiligte|weitere akteure|zivilgesellschaft",
    "status": "stand|status",
}
NUMBERED = "maßnahme|verpflichtung|meilenstein"
# What stands before the day that the status is of; columns of colours; the months as dates name them.
AS_OF = "stand der umsetzung|umsetzungsstand|stand|sachstand|bearbeitungsstand|aktualisiert am|stand / as of"
SIGNALS = "ampel"
MONTHS = "januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"

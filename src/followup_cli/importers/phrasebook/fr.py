"""French."""

HEADINGS = {
    "number": "n°|nº|=no|=n|numéro|réf|code|=id",
    "title": "action|mesure|activité|engagement|tâche|intitulé|jalon|étape|recommandation",
    "outcome": "livrable|résultat attendu|résultat|produit|réalisation attendue",
    "deadline": "échéance|délai|calendrier|date de fin|date limite|date d'achèvement|horizon|date",
    "start": "début|date de début|démarrage|lancement",
    "revised": "échéance révisée|nouvelle échéance|report",
    "lead": "porteur|pilote|chef de file|responsable|institution responsable|structure responsable",
    "partner": "partenaire|contribut|associés|autres acteurs|co-pilote|acteurs associés|appui",
    "agencies": "acteurs|structure|ministère|service|institution",
    "section": "axe|objectif|pilier|thème|chantier|volet|domaine|orientation",
    "status": "statut|état|avancement|niveau de réalisation|suivi",
    "reported": "date de mise à jour|date du statut|date de suivi|date du suivi",
}
WITHIN = {"start": "date de début", "deadline": "date de fin|échéance"}
GRAINS = "jalon|étape|tâche|action|mesure|activité|recommandation|engagement|intitulé"
MARKS = {
    "lead": "pilote|chef de file|porteur|coordination",
    "as-agreed": "sous réserve d'accord|en accord avec|à convenir",
    "partner": "appui|partenaire",
}
UNMARKED: dict[str, str] = {}
PREFIXES = {
    "lead": "pilote|chef de file|porteur|responsable",
    "partner": "partenaires|partenaire|appui|en lien avec|avec",
}
REPEALED = "abrogé|supprimé|abrogée|supprimée"
TOTALS = "total|sous-total|somme"
INDICATORS = "indicateur|valeur de référence|cible"
NOTES = "note|source|nb|légende|(1)|*"
SECTIONS = "axe|objectif|pilier|chapitre|volet|thème|engagement|orientation|priorité"
PLAN = "plan|programme|feuille de route|matrice|stratégie"
ABSENT = "=-|=–|=—|=néant|=sans objet"
VERTICAL = {
    "title": "numéro et intitulé|intitulé de l'engagement|titre de l'engagement|nom de l'engagement|=engagement",
    "dates": "date de début et|dates de début|calendrier|durée",
    "lead": "institution porteuse|institution responsable|acteur responsable|chef de file|agence chef",
    "partner": "autres acteurs|acteurs étatiques|société civile|partenaires|osc",
    "status": "statut|niveau d'achèvement",
}
NUMBERED = "action|engagement|mesure|activité|jalon"
# What stands before the day that the status is of; columns of colours; the months as dates name them.
AS_OF = "version suivie au|suivi au|suivi arrêté au|situation au|état au|état d'avancement au|avancement au|mis à jour le|mise à jour au|actualisé au"
SIGNALS = "feu|météo"
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"

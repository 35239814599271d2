"""Spanish."""

HEADINGS = {
    "number": "n.º|nº|n°|=no|no.|núm|número|=id|código|ref",
    "title": "hito|actividad|medida|acción|meta|tarea|compromiso|iniciativa|recomendación",
    "outcome": "medio de verificación|producto|entregable|resultado|resultado esperado|verificable",
    "deadline": "fecha de fin|fecha fin|fecha límite|fecha de término|plazo|fin|término|vencimiento|cronograma|fecha de cumplimiento|fecha",
    "start": "fecha de inicio|inicio",
    "revised": "nueva fecha|fecha revisada|prórroga",
    "lead": "entidad responsable|institución responsable|responsable|institución pública responsable|organismo responsable|líder",
    "partner": "otras entidades|otros actores|otras instituciones|entidades involucradas|colabora|apoyo|socios|corresponsable|actores involucrados|otros organismos",
    "agencies": "entidad|institución|organismo|actores",
    "section": "eje|objetivo|pilar|línea|área|compromiso|reto|ámbito|etapa",
    "status": "avance|estado|grado de cumplimiento|progreso|se terminó|pendiente",
    "reported": "fecha de actualización|fecha del reporte|fecha de reporte|fecha de avance|fecha del avance",
}
WITHIN = {
    "start": "fecha de inicio",
    "deadline": "fecha de fin|fecha de finalización|fecha de término|fecha límite",
}
GRAINS = "hito|tarea|actividad|acción|meta|medida|iniciativa|compromiso"
MARKS = {
    "lead": "responsable|líder|coordina",
    "as-agreed": "por acordar|previo acuerdo|de común acuerdo",
    "partner": "apoyo|colabora",
}
UNMARKED: dict[str, str] = {}
PREFIXES = {"lead": "responsable|líder|coordina", "partner": "apoyo|colaboran|colabora|con"}
REPEALED = "suprimido|derogado|eliminado|excluido"
TOTALS = "total|subtotal|suma"
INDICATORS = "indicador|línea base"
NOTES = "nota|fuente|*"
SECTIONS = "eje|objetivo|pilar|línea|compromiso|capítulo|área"
PLAN = "plan|programa|hoja de ruta|matriz|estrategia|cronograma"
ABSENT = "=-|=–|=—|=n/a|=no aplica"
VERTICAL = {
    "title": "número y nombre|nombre del compromiso|título del compromiso|=compromiso",
    "dates": "fecha de inicio y|fecha de inicio y fin|fecha de inicio y término|plazo|vigencia",
    "lead": "institución responsable|entidad responsable|institución o actor responsable|responsable de la implementación",
    "partner": "otros actores|otras entidades|otros organismos|entidades colaboradoras|actores de gobierno|organizaciones de la sociedad|otras instituciones|actores involucrados",
    "status": "estado|nivel de cumplimiento",
}
NUMBERED = "compromiso|actividad|acción|medida|hito|meta"
# What stands before the day that the status is of; columns of colours; the months as dates name them.
AS_OF = "seguimiento a|seguimiento al|situación a|estado a|estado al|avance a|avance al|a fecha de|actualizado a|actualizado al|con fecha"
SIGNALS = "semáforo"
MONTHS = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"

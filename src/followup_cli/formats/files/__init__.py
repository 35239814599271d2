"""EXPORTS: the whole plan as files for other programs; one file here per format, loaded when asked for.

All are made from RELATIONS, and all are the same bytes for the same data on any day: where a format
wants a time stamp, it is the last day on which anything is known to have happened.
"""

from followup_cli.registry import Entry

Files = dict[str, bytes]  # contents by name; a single file has the name ""
# fmt: off
EXPORTS: dict[str, Entry] = {
    "xlsx": Entry("formats.files.xlsx:xlsx", (".xlsx",), "a workbook: a sheet per table, typed dates, a legend", "bytes"),
    "ics": Entry("formats.files.ics:ics", (".ics",), "a calendar: an all-day event per due date"),
    "sqlite": Entry("formats.files.sqlite:sqlite", (".sqlite", ".sqlite3", ".db"), "a database: the tables and views of `followup sql`", "bytes"),
    "datapackage": Entry("formats.files.datapackage:datapackage", (), "a folder: CSV files and datapackage.json", "folder"),
    "parquet": Entry("formats.files.parquet:parquet", (), "a folder: a Parquet file per table; needs pyarrow", "folder"),
    "jsonl": Entry("formats.files.jsonl:jsonl", (".jsonl", ".ndjson"), "one JSON object per row of each table"),
}
# fmt: on

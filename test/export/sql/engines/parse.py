"""Parses every statement of an export: `parse.py <dialect> <folder>`. sqlglot must know each statement for what it is, not pass it on as a command."""

import pathlib
import sys

import sqlglot
from sqlglot.errors import SqlglotError

name, folder = sys.argv[1:]
count = 0
wrong = []
for path in sorted(pathlib.Path(folder).rglob("*.sql")):
    try:
        parsed = [one for one in sqlglot.parse(path.read_text("utf-8"), read=name) if one]
    except SqlglotError as error:
        wrong.append(f"{path}: {str(error)[:400]}")
        continue
    count += len(parsed)
    wrong += [f"{path}: {one.sql()[:200]}" for one in parsed if one.key == "command"]
print("\n".join(wrong[:10]))
print(f"{count} statements, {len(wrong)} not understood")
sys.exit(1 if wrong or count == 0 else 0)

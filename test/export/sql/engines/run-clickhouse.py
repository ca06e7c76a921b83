"""Runs the statements that stand on its input, one JSON text a line, in ClickHouse (chDB), and writes their rows as one line of JSON each."""

import json
import sys

from chdb import session

database = session.Session()
for line in sys.stdin:
    try:
        answer = str(database.query(json.loads(line), "JSON"))
        rows = json.loads(answer)["data"] if answer.strip() else []
        reply = {"rows": rows}
    except Exception as error:
        reply = {"error": str(error)}
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()

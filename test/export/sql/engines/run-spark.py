"""Runs the statements that stand on its input, one JSON text a line, in Spark, and writes their rows as one line of JSON each."""

import json
import os
import shutil
import sys
import tempfile
from decimal import Decimal

from pyspark.sql import SparkSession

# What the JVM prints goes to the standard error: the standard output is for answers.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
folder = tempfile.mkdtemp(prefix="tollgate-spark-")
database = (
    SparkSession.builder.master("local[1]")
    .config("spark.sql.warehouse.dir", folder)
    .config("spark.sql.shuffle.partitions", "1")
    .config("spark.ui.enabled", "false")
    .config("spark.log.level", "ERROR")
    .getOrCreate()
)


def cell(value):
    return float(value) if isinstance(value, Decimal) else value


for line in sys.stdin:
    try:
        rows = [{name: cell(value) for name, value in row.asDict().items()} for row in database.sql(json.loads(line)).collect()]
        reply = {"rows": rows}
    except Exception as error:
        reply = {"error": str(error)}
    answers.write(json.dumps(reply, default=str) + "\n")
    answers.flush()
database.stop()
shutil.rmtree(folder, ignore_errors=True)

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

# One thread and one partition; expressions are interpreted, since to compile them takes longer than to run them on few rows.
settings = {
    "spark.driver.memory": "2g",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.default.parallelism": "1",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.warehouse.dir": folder,
}
builder = SparkSession.builder.master("local[1]")
for name, value in settings.items():
    builder = builder.config(name, value)
database = builder.getOrCreate()


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

"""Loads Parquet files with fakesnow. A line of JSON in for each load: the statements that make its table and stage, its COPY, and
columns to try alone; a line out with the rows, or with why there are none."""

import datetime
import decimal
import json
import logging
import sys
import warnings

# sqlglot, on which it is built, tells of every comment that it drops.
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

import fakesnow
import snowflake.connector


def cell(value):
    """A value as JSON that says what it is; dates are days and times microseconds, counted from 1970 or midnight."""
    match value:
        case None:
            return None
        case bool():
            return {"boolean": value}
        case int() | decimal.Decimal():
            return {"number": format(decimal.Decimal(value), "f")}
        case float():
            return {"float": repr(value)}
        case bytes() | bytearray():
            return {"binary": bytes(value).hex()}
        case datetime.datetime():
            instant = value if value.tzinfo is None else value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
            return {"timestamp": (instant - datetime.datetime(1970, 1, 1)) // datetime.timedelta(microseconds=1)}
        case datetime.date():
            return {"date": (value - datetime.date(1970, 1, 1)).days}
        case datetime.time():
            seconds = (value.hour * 60 + value.minute) * 60 + value.second
            return {"time": seconds * 1_000_000 + value.microsecond}
        case str():
            return {"text": value}
    return {"other": repr(value)}


def attempt(work):
    """The rows of some work, or the first line of why it failed."""
    try:
        return {"rows": work()}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def main():
    with fakesnow.patch():
        connection = snowflake.connector.connect(database="RAW", schema="EVENTS")
        cursor = connection.cursor()

        def load(table, copy):
            for statement in ('DROP TABLE IF EXISTS "RAW"."EVENTS"."ORDER_PLACED"', table, copy):
                cursor.execute(statement)
            cursor.execute('SELECT * FROM "RAW"."EVENTS"."ORDER_PLACED"')
            names = [column.name for column in cursor.description]
            return [dict(zip(names, map(cell, row))) for row in cursor.fetchall()]

        for line in sys.stdin:
            job = json.loads(line)
            cursor.execute(job["stage"])
            answer = {"name": job["name"], "whole": attempt(lambda: load(job["table"], job["copy"]))}
            # Where the whole fails, each column is tried alone, so that the test can say which one it is.
            alone = job["alone"] + (job["columns"] if "error" in answer["whole"] else [])
            answer["alone"] = [attempt(lambda: load(one["table"], one["copy"])) for one in alone]
            print(json.dumps(answer))


main()

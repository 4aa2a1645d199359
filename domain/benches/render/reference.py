"""Times how long a reference library of Python takes to parse schemas: `reference.py avro|json ROUNDS`, with the files' paths on
standard input, a line each. Prints the middle time in seconds, and how many schemas it refuses."""

import json
import statistics
import sys
import time


def avro():
    import fastavro

    return fastavro.parse_schema


def json_schema():
    from jsonschema.validators import Draft7Validator, validator_for

    return lambda schema: validator_for(schema, default=Draft7Validator).check_schema(schema)


def main():
    language, rounds = sys.argv[1], int(sys.argv[2])
    parse = {"avro": avro, "json": json_schema}[language]()
    texts = [open(path, encoding="utf-8").read() for path in sys.stdin.read().splitlines()]
    times, refused = [], 0
    for _ in range(rounds):
        refused = 0
        began = time.perf_counter()
        for text in texts:
            try:
                parse(json.loads(text))
            except Exception:
                refused += 1
        times.append(time.perf_counter() - began)
    print(statistics.median(times), refused)


main()

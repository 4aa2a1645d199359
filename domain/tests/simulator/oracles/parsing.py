"""Parses statements with sqlglot. A line of JSON in for each event, with its texts of SQL; a line out with what became of them."""

import json
import logging
import sys

import sqlglot
from sqlglot import exp

# It logs what it passes over as a command; that is told by the statement's state.
logging.disable(logging.CRITICAL)


def statements(sql):
    """The text of each statement, cut by sqlglot's own tokens."""
    begin, end = None, None
    for token in sqlglot.tokenize(sql, read="snowflake"):
        if token.token_type == sqlglot.TokenType.SEMICOLON:
            if begin is not None:
                yield sql[begin : end + 1]
            begin = None
        else:
            begin = token.start if begin is None else begin
            end = token.end
    if begin is not None:
        yield sql[begin : end + 1]


def one(sql):
    """What sqlglot makes of a statement: its first words, its state, and the columns that it names and selects."""
    found = {"begins": sql.split()[0], "text": sql}
    try:
        [tree] = sqlglot.parse(sql, dialect="snowflake")
    except Exception as error:
        return {**found, "state": "fails", "why": str(error)}
    if isinstance(tree, exp.Command):
        return {**found, "state": "opaque"}
    found["state"] = "parsed"
    if isinstance(tree.this, exp.Schema):
        found["columns"] = [column.name for column in tree.this.expressions if isinstance(column, (exp.ColumnDef, exp.Identifier))]
    if isinstance(tree, exp.Copy):
        found["selected"] = len(tree.args["files"][0].this.expressions)
    return found


for line in sys.stdin:
    job = json.loads(line)
    answer = [[one(text) for text in statements(sql)] for sql in job["texts"]]
    print(json.dumps({"name": job["name"], "texts": answer}))

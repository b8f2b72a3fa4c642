"""Rows of a table, by number."""
from std.os import abort
from .tensor import View
from .weights import Weights


def embed[W: Weights, //](result: View[mut=True, DType.float32, 2, _], table: W, tokens: Span[Int, _]):
    """Each row of `result` is the row of the table that its token names; the table may have any format of weights."""
    for row in range(len(tokens)):
        if tokens[row] < 0 or tokens[row] >= table.rows():
            abort(String("token ", tokens[row], " of a vocabulary of ", table.rows()))
        table.read_row(tokens[row], result.at(row).span())

"""Every error a user can meet has one root, so that one `except` and one line on the terminal suffice.

A message names the thing, the place and the cure, in English and in Chinese (`language.say`):
``companies.csv row 14: layer '应用' is not one of 基础层, 技术层, 应用层``.
Mistakes of a programmer stay `TypeError` and `ValueError`.
"""


class AikgError(Exception):
    """Root of all errors that aikg raises for a user's input, files or servers."""


class SourceError(AikgError):
    """An input file cannot be read, or says something that the ontology does not allow."""


class SchemaError(AikgError):
    """A name, a property or a value is not in the ontology."""


class GraphError(AikgError):
    """A graph folder is missing, incomplete, of another version, or cannot be written."""


class StoreError(AikgError):
    """A store cannot be reached, refuses the login, or stops a query (time, rows, work)."""


class QueryError(AikgError):
    """A question or a Cypher statement is unknown, malformed or lacks a parameter."""


class ReadOnlyError(QueryError):
    """A statement does more than read. Raised before syntax and parameters are looked at."""

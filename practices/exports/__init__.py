"""Tables as files for a spreadsheet. No cell can act: what readers typed stays text, whatever it begins with."""

from .tables import FORMATS, Table, table_response

__all__ = ["FORMATS", "Table", "table_response"]

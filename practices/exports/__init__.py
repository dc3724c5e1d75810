"""Tables for spreadsheets: written row by row, and no cell is ever taken for a formula."""

from .tables import Cell, csv_response, xlsx_response

__all__ = ["Cell", "csv_response", "xlsx_response"]

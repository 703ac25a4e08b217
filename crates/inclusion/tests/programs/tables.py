"""Prints the tables of a Word document or a workbook as JSON: rows of texts, of numbers as they are stored.

    tables.py DOCUMENT
"""

import json
import sys

import docx
import openpyxl


def of_document(path):
    for table in docx.Document(path).tables:
        yield [[cell.text for cell in row.cells] for row in table.rows]


def of_workbook(path):
    for sheet in openpyxl.load_workbook(path, data_only=False):
        yield [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]


if __name__ == "__main__":
    path = sys.argv[1]
    tables = of_document(path) if path.endswith(".docx") else of_workbook(path)
    json.dump(list(tables), sys.stdout)

"""Exports of respondents as their files come: CSV in any delimiter, XLSX, SPSS and Stata, each read into text, with the labels the file gives its values."""

from evidence.survey.exports.opening import FORMS, Columns, header_of, read_columns, sheet_names, widest_sheet, wordings_of

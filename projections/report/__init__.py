"""What schools are shown, for a director: built once from `schools.duckdb`, and written in five forms.

`published` opens the newest publication, `build` makes a `model.Report` of it, `words` holds every word by language;
`terminal`, `page`, `long_form`, `workbook` and `plain` each write one form. Nothing here adds figures up to one score,
ranks schools or groups, or gives a level of the inspectorate.
"""

"""Names for keys, by role, for the moment in which a page or a report is rendered; never kept beside figures."""

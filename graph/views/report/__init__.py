"""The report on a place: one printable page."""

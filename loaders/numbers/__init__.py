"""Numbers, dates and units as Chinese texts write them."""

"""From documents and tables to records, and from records to frames of nodes, edges and statements."""

"""What may exist in a graph: classes, relations, code lists, places. Imports nothing else of aikg."""

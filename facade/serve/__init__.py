"""The local console: ``aikg serve`` shows questions, measures, Cypher, pictures and the schema in a browser, and only reads."""

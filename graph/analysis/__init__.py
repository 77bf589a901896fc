"""Measures of the graph: centrality, communities, clusters, chains and policy, as pure functions over frames."""

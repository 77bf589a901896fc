"""The graph as frames, its folder on disk, its stores, exports and pictures."""

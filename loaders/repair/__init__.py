"""Repair of Chinese web text that a converter damaged."""

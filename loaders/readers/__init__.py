"""Readers: files of several kinds as numbered lines and tables."""
